import type { FieldProblem } from '../../platform/errors/app-error';
import { invalidRequest } from '../../platform/http/validation';
import { parseNetwork } from '../../platform/network/address-range';
import type { OnsiteNetworkRow } from './onsite-networks.repository';

export const MAX_NETWORKS = 500;
export const MAX_SITE_LENGTH = 100;

export interface NewNetwork {
  cidr: string;
  site?: string | undefined;
}

/**
 * In canonical spelling, each once.
 * @param list how the caller names the list, for what is wrong with an item of it
 * @throws AppError `invalid_request` that names every wrong field and its rule
 */
export function checkNetworks(networks: readonly NewNetwork[], list: string): OnsiteNetworkRow[] {
  const problems: FieldProblem[] = [];
  const rows = new Map<string, OnsiteNetworkRow>();
  for (const [index, { cidr, site: given = '' }] of networks.entries()) {
    const parsed = parseNetwork(cidr.trim());
    const site = given.trim();
    if ('rule' in parsed) problems.push({ field: `${list}.${index}.cidr`, rule: parsed.rule });
    else rows.set(keyOf({ cidr: parsed.value.text, site }), { cidr: parsed.value.text, site });
    if (site.length > MAX_SITE_LENGTH || /[\u0000-\u001f\u007f]/.test(site))
      problems.push({
        field: `${list}.${index}.site`,
        rule: `must have at most ${MAX_SITE_LENGTH} printable characters`,
      });
  }
  if (problems.length > 0) throw invalidRequest(problems);
  return [...rows.values()];
}

export const keyOf = ({ cidr, site }: OnsiteNetworkRow): string => `${cidr} ${site}`;
