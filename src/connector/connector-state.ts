/** Where a connector stands. */
export const CONNECTOR_STATES = ['pending', 'active', 'reauthorization_required', 'disconnected'] as const;
export type ConnectorState = (typeof CONNECTOR_STATES)[number];

/** Which state may follow which; anything else is a fault of ours and throws. */
export const CONNECTOR_MOVES: Record<ConnectorState, readonly ConnectorState[]> = {
  // A half set-up connector becomes active with its second side, or waits if its first grant died meanwhile.
  pending: ['active', 'reauthorization_required', 'disconnected'],
  active: ['reauthorization_required', 'disconnected'],
  reauthorization_required: ['active', 'disconnected'],
  // Its key is destroyed and its accounts are free: a new authorisation makes a new connector.
  disconnected: [],
};

/** @throws Error when the move is not in the table; staying is no move */
export function checkMove(from: ConnectorState, to: ConnectorState): void {
  if (from !== to && !CONNECTOR_MOVES[from].includes(to))
    throw new Error(`a connector cannot go from ${from} to ${to}`);
}

/** What the grants of both sides make of a connector. */
export function stateFromGrants(known: {
  bothAccounts: boolean;
  zoomActive: boolean;
  cloudlinkActive: boolean;
}): ConnectorState {
  if (!known.bothAccounts) return 'pending';
  return known.zoomActive && known.cloudlinkActive ? 'active' : 'reauthorization_required';
}
