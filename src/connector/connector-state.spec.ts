import { CONNECTOR_MOVES, CONNECTOR_STATES, checkMove, stateFromGrants } from './connector-state';

describe('the states of a connector', () => {
  it.each(CONNECTOR_STATES.flatMap((from) => CONNECTOR_STATES.map((to) => [from, to] as const)))(
    '%s → %s is legal only when the table says so',
    (from, to) => {
      const legal = from === to || CONNECTOR_MOVES[from].includes(to);
      const move = (): void => checkMove(from, to);
      if (legal) expect(move).not.toThrow();
      else expect(move).toThrow(`from ${from} to ${to}`);
    },
  );

  it('never goes back to pending', () => {
    expect(Object.values(CONNECTOR_MOVES).flat()).not.toContain('pending');
  });

  it.each([
    [{ bothAccounts: false, zoomActive: true, cloudlinkActive: false }, 'pending'],
    [{ bothAccounts: true, zoomActive: true, cloudlinkActive: true }, 'active'],
    [{ bothAccounts: true, zoomActive: false, cloudlinkActive: true }, 'reauthorization_required'],
    [{ bothAccounts: true, zoomActive: true, cloudlinkActive: false }, 'reauthorization_required'],
    [{ bothAccounts: true, zoomActive: false, cloudlinkActive: false }, 'reauthorization_required'],
  ] as const)('%j → %s', (known, state) => {
    expect(stateFromGrants(known)).toBe(state);
  });
});
