import type { AccountNumber } from '../accounts';
import { accountPlan } from '../accounts';

export type PbxType = 'OSV' | 'OS4K' | 'MIVB';

/** The telephone line of a user: where it lives and what the registrar knows it as. Nothing secret. */
export interface Line {
  extension: string;
  userName: string;
  authUserName: string;
  realm: string;
  pbx: { type: PbxType; site: string };
}

const PBX: readonly Line['pbx'][] = [
  { type: 'OSV', site: 'Munich' },
  { type: 'OS4K', site: 'Vienna' },
  { type: 'MIVB', site: 'Zürich' },
];

/** Extensions count up from 2000; users inserted at the front of the list (negative positions) have 98…. */
export function extensionOf(position: number): string {
  return position >= 0 ? String(2000 + position) : `98${String(-position).padStart(4, '0')}`;
}

export function lineOf(account: AccountNumber, position: number): Line {
  const plan = accountPlan(account);
  const extension = extensionOf(position);
  const pbx = PBX[Math.abs(position) % PBX.length] ?? { type: 'OSV', site: 'Munich' };
  const userName = `${plan.numberPrefix}${extension}`;
  return {
    extension,
    userName,
    // OpenScape Voice challenges for the whole number, the others for the extension: both forms must be carried.
    authUserName: pbx.type === 'OSV' ? userName : extension,
    realm: `${pbx.type.toLowerCase()}.${plan.domain}`,
    pbx,
  };
}
