import { randomBytes } from 'node:crypto';
import type { PsiUser } from '../cloudlink/cloudlink-types';
import { ConnectorCipher } from '../platform/crypto/connector-cipher';
import { PageFingerprints } from './page-fingerprints';
import type { ListedZoomUser } from './plan-types';

describe('the fingerprints of a page', () => {
  const cipher = new ConnectorCipher('connector', randomBytes(32));
  const email = 'a@example.com';
  const zoom: ListedZoomUser = { id: 'zoom-1', status: 'active', displayName: 'Ada' };
  const user: PsiUser = {
    userId: 'cl-1',
    email,
    displayName: '',
    extension: '4711',
    status: 'pending',
    modifiedOn: '2026-11-30T00:00:00Z',
    licences: { zoomPsi: true, teleworker: 2 },
    pbx: undefined,
    credential: undefined,
  };

  it('are made once for the same facts, even when these were read again', () => {
    const fingerprints = new PageFingerprints(cipher);
    expect(fingerprints.of(user, { ...zoom }, email)).toBe(fingerprints.of(user, { ...zoom }, email));
  });

  it.each<[string, ListedZoomUser, string]>([
    ['id', { ...zoom, id: 'zoom-2' }, email],
    ['status', { ...zoom, status: 'inactive' }, email],
    ['name', { ...zoom, displayName: 'Ada L.' }, email],
    ['email', zoom, 'ada@example.com'],
  ])('are other ones when the %s is another one, as if they had never been made', (_, changed, changedEmail) => {
    const fingerprints = new PageFingerprints(cipher);
    const before = fingerprints.of(user, zoom, email);
    const after = fingerprints.of(user, changed, changedEmail);
    expect(after).not.toBe(before);
    expect(after).toEqual(new PageFingerprints(cipher).of(user, changed, changedEmail));
  });
});
