import { isWithin, type AddressRange } from '../platform/network/address-range';

/** Where an app asks from. `unknown`: nobody has said which networks belong to this user's site. */
export const PLACES = ['onsite', 'remote', 'unknown'] as const;
export type Place = (typeof PLACES)[number];

/** A network from which the PBX is reached directly. */
export interface OnsiteNetwork {
  range: AddressRange;
  /** As CloudLink names it; '' counts for every site. */
  site: string;
}

/**
 * An app whose address is not known is remote: hiding it behind a forged header must not gain anything.
 * @param site of the user's PBX; null: CloudLink names none
 */
export function placeOf(networks: readonly OnsiteNetwork[], site: string | null, address: string | undefined): Place {
  const own = normalise(site ?? '');
  const ranges = networks
    .filter((network) => network.site === '' || normalise(network.site) === own)
    .map(({ range }) => range);
  if (ranges.length === 0) return 'unknown';
  return isWithin(ranges, address) ? 'onsite' : 'remote';
}

/** People write a site by hand in two systems. */
const normalise = (site: string): string => site.trim().toLowerCase();
