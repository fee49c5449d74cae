import type { Connector } from '../../session/connector';
import type { Provider } from '../../session/provider';

/** What the set-up shows: the sides, what the customer has to prepare, the first sync, what to do next. */
export type SetupStep = 'connect' | 'check' | 'sync' | 'done';

/**
 * Which step a connector is at. What it has reached decides; the address may only choose between steps that are reached, so
 * that a reload stays where it was and nobody gets ahead of what is there.
 * @param wanted the last part of `#/setup/…`, if any
 */
export function stepOf(
  { state, syncedAt }: Pick<Connector, 'state' | 'syncedAt'>,
  wanted: string | undefined,
): SetupStep {
  if (state !== 'active') return 'connect';
  const isSynced = syncedAt !== null;
  switch (wanted) {
    case 'connect':
    case 'check':
    case 'sync':
      return wanted;
    case 'done':
      return isSynced ? 'done' : 'sync';
    default:
      return isSynced ? 'done' : 'check';
  }
}

/** The sides that nobody's authorisation stands for at present, the one that the admin did not come from first. */
export function missingSides(connector: Pick<Connector, 'zoom' | 'cloudlink'>, cameFrom: Provider): Provider[] {
  const sides = cameFrom === 'zoom' ? (['cloudlink', 'zoom'] as const) : (['zoom', 'cloudlink'] as const);
  return sides.filter((side) => !connector[side].grants.some(({ state }) => state === 'active'));
}
