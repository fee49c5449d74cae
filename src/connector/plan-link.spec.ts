import { planLink, type LinkCandidate } from './plan-link';

const connector = (
  connectorId: string,
  zoomAccountId: string | null,
  cloudlinkAccountId: string | null,
): LinkCandidate => ({
  connectorId,
  state: zoomAccountId !== null && cloudlinkAccountId !== null ? 'active' : 'pending',
  zoomAccountId,
  cloudlinkAccountId,
});

describe('planLink', () => {
  const half = connector('half', 'Z1', null);
  const full = connector('full', 'Z2', 'C2');

  it.each([
    ['a new account in a new browser makes a connector', undefined, undefined, { kind: 'create' }],
    ['a known account in a new browser is its connector', full, undefined, { kind: 'use', connectorId: 'full' }],
    ['the second side joins the connector of the browser', undefined, half, { kind: 'use', connectorId: 'half' }],
    ['an account of a complete connector is not taken from it', full, half, { kind: 'conflict', with: full }],
    [
      'an account that somebody only began with is taken over',
      connector('begun', null, 'C2'),
      half,
      { kind: 'use', connectorId: 'half', discard: 'begun' },
    ],
    ['the same connector by both ways', full, full, { kind: 'use', connectorId: 'full' }],
    [
      'another account on the side that was done is a new beginning',
      undefined,
      connector('begun', null, 'C9'),
      { kind: 'create' },
    ],
  ] as const)('%s', (_name, owner, session, plan) => {
    expect(planLink('cloudlinkAccountId', 'C2', owner, session)).toEqual(plan);
  });
});
