import type { PreflightService } from '../operations/preflight/preflight.service';
import { openNest } from './open-nest';
import type { Session } from './session';

/** The look before the start, wired as in the program; loaded only for the command that needs it. */
export async function openPreflight<T>(
  session: Session,
  work: (preflight: PreflightService) => Promise<T>,
): Promise<T> {
  const [modules, alerts, preflight] = await Promise.all([
    import('../operations/preflight/preflight.module.js'),
    import('../alerts/alerts.module.js'),
    import('../operations/preflight/preflight.service.js'),
  ]);
  class PreflightCommandModule {}
  const module = { module: PreflightCommandModule, imports: [alerts.AlertsModule, modules.PreflightModule] };
  return openNest(session, module, (context) => work(context.get(preflight.PreflightService, { strict: false })));
}
