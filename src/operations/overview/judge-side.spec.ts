import { needsAdmin, reasonFor } from './judge-side';

type Grant = Parameters<typeof needsAdmin>[0][number];

const SINCE = new Date('2026-11-01T00:00:00Z');
const grant = (changes: Partial<Grant>): Grant => ({
  provider: 'zoom',
  state: 'active',
  atRiskReason: null,
  deadReason: null,
  deadAt: null,
  ...changes,
});
const dead = (deadReason: string, day: number): Grant =>
  grant({ state: 'dead', deadReason, deadAt: new Date(Date.UTC(2026, 10, day)) });

describe('needsAdmin', () => {
  it.each([
    ['nothing', [], true],
    ['a healthy active grant', [grant({})], false],
    ['one at risk', [grant({ atRiskReason: 'user_left' })], true],
    ['one at risk with a healthy standby', [grant({ atRiskReason: 'user_left' }), grant({ state: 'standby' })], true],
    ['a healthy one beside a dead one', [dead('invalid_grant', 1), grant({})], false],
    ['only the other side', [grant({ provider: 'cloudlink' })], true],
  ])('%s', (_, grants, expected) => {
    expect(needsAdmin(grants, 'zoom')).toBe(expected);
  });
});

describe('reasonFor', () => {
  it('names what ended the last grant', () => {
    const grants = [dead('no_refresh_token', 3), dead('invalid_grant', 20), dead('role_missing', 5)];
    expect(reasonFor(grants, 'zoom', SINCE)).toEqual({
      provider: 'zoom',
      code: 'invalid_grant',
      since: new Date('2026-11-20T00:00:00Z'),
    });
  });

  it('has none for a side that works', () => {
    expect(reasonFor([dead('invalid_grant', 20), grant({})], 'zoom', SINCE)).toBeUndefined();
  });

  it('says so where nobody has ever authorised', () => {
    expect(reasonFor([grant({})], 'cloudlink', SINCE)).toEqual({
      provider: 'cloudlink',
      code: 'not_authorised',
      since: SINCE,
    });
  });
});
