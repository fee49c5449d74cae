import type { ConnectorState } from './connector-state';

/** What the plan needs to know of a connector. */
export interface LinkCandidate {
  connectorId: string;
  state: ConnectorState;
  zoomAccountId: string | null;
  cloudlinkAccountId: string | null;
}

export type LinkPlan =
  | { kind: 'create' }
  /** `discard`: a connector that was only half set up with this account and is now overtaken. */
  | { kind: 'use'; connectorId: string; discard?: string }
  | { kind: 'conflict'; with: LinkCandidate }
  /** The link was made for the connector of another account. */
  | { kind: 'wrong-account'; expected: string };

type Account = 'zoomAccountId' | 'cloudlinkAccountId';

/**
 * Which connector an authorised account belongs to. One Zoom account ↔ one CloudLink account.
 * @param owner the connector that already has this account
 * @param session the connector that this browser is setting up, or that the start link names
 * @param isNamed the start link names it: then it is this one or none
 */
export function planLink(
  side: Account,
  accountId: string,
  owner: LinkCandidate | undefined,
  session: LinkCandidate | undefined,
  isNamed = false,
): LinkPlan {
  const withoutSession = (): LinkPlan =>
    owner === undefined ? { kind: 'create' } : { kind: 'use', connectorId: owner.connectorId };
  if (session === undefined || session.connectorId === owner?.connectorId) return withoutSession();
  const present = session[side];
  if (isNamed && present !== null && present !== accountId) return { kind: 'wrong-account', expected: present };
  // The browser came back to the side it had begun with, now with another account: that is a new beginning.
  if (present !== null && present !== accountId) return withoutSession();
  if (owner === undefined) return { kind: 'use', connectorId: session.connectorId };
  const other: Account = side === 'zoomAccountId' ? 'cloudlinkAccountId' : 'zoomAccountId';
  // Somebody had begun with this account elsewhere and not gone on: its admin has just proven to be here.
  if (owner[other] === null) return { kind: 'use', connectorId: session.connectorId, discard: owner.connectorId };
  return { kind: 'conflict', with: owner };
}
