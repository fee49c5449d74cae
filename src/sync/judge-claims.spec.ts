import type { PsiUser } from '../cloudlink/cloudlink-types';
import { judgeClaims, type ReportedClaim } from './judge-claims';
import type { StoredUser } from './plan-types';

const EMAIL = 'erika@example.com';

const user = (userId: string): PsiUser => ({
  userId,
  email: 'Erika@Example.com',
  displayName: '',
  extension: undefined,
  status: 'pending',
  modifiedOn: '',
  licences: { zoomPsi: true, teleworker: 0 },
  pbx: undefined,
  credential: undefined,
});
const storedAs = (cloudlinkUserId: string | null): Map<string, StoredUser> =>
  new Map([[EMAIL, { email: EMAIL, cloudlinkUserId } as StoredUser]]);
const reported = (code: string, cloudlinkUserId: string | null): ReportedClaim => ({
  code,
  email: EMAIL,
  cloudlinkUserId,
});
const NOBODY = new Map<string, StoredUser>();

describe('judgeClaims', () => {
  it.each([
    ['their own email', storedAs('a'), []],
    ['their own email that somebody else was refused', storedAs('a'), [reported('duplicate_email', 'b')]],
    ['an email that nobody has', NOBODY, []],
    ['an email that waits for CloudLink', storedAs(null), []],
    ['an email that had no Zoom user when it was theirs', NOBODY, [reported('no_zoom_user', 'a')]],
  ])('lets a user have %s', (_, stored, claims) => {
    expect(judgeClaims([user('a')], stored, claims)).toEqual({ kind: 'settled', holders: new Map() });
  });

  it('refuses again whom the last full run has refused, whoever has the email', () => {
    const claims = [reported('duplicate_email', 'a'), reported('duplicate_email', 'b')];
    expect(judgeClaims([user('a')], NOBODY, claims)).toEqual({ kind: 'settled', holders: new Map([[EMAIL, '']]) });
    expect(judgeClaims([user('a')], storedAs('b'), claims)).toEqual({
      kind: 'settled',
      holders: new Map([[EMAIL, 'b']]),
    });
  });

  it.each([
    ['has somebody else’s', storedAs('b'), []],
    ['is new and has one that two others were refused', NOBODY, [reported('duplicate_email', 'b')]],
    ['has one that somebody without a Zoom user has', NOBODY, [reported('no_zoom_user', 'b')]],
    ['has one that a broken item without an id has', NOBODY, [reported('invalid_item', null)]],
  ])('cannot say whose the email of a user is who %s', (_, stored, claims) => {
    expect(judgeClaims([user('a')], stored, claims)).toEqual({ kind: 'contested', email: EMAIL });
  });
});
