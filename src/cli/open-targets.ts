import type { TrustedAuthorities } from '../targets/authorities/trusted-authorities';
import type { RegistrarSweeps } from '../targets/registrar/registrar-sweeps.service';
import type { TargetProbes } from '../targets/target-probes.service';
import { openNest } from './open-nest';
import type { Session } from './session';

export interface TargetAdmin {
  probes: TargetProbes;
  authorities: TrustedAuthorities;
  sweeps: RegistrarSweeps;
}

/** What looks at registration targets, wired as in the program; loaded only for the commands that need it. */
export async function openTargets<T>(session: Session, work: (targets: TargetAdmin) => Promise<T>): Promise<T> {
  const [module, probes, authorities, sweeps] = await Promise.all([
    import('../targets/targets.module.js'),
    import('../targets/target-probes.service.js'),
    import('../targets/authorities/trusted-authorities.js'),
    import('../targets/registrar/registrar-sweeps.service.js'),
  ]);
  return openNest(session, module.TargetsModule, (context) =>
    work({
      probes: context.get(probes.TargetProbes, { strict: false }),
      authorities: context.get(authorities.TrustedAuthorities, { strict: false }),
      sweeps: context.get(sweeps.RegistrarSweeps, { strict: false }),
    }),
  );
}
