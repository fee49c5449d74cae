import type { Grant } from '../types';
import { newestDead, takenOver } from './newest-dead';

const NOW = Date.parse('2026-11-25T10:00:00.000Z');
const grant = (changes: Partial<Grant>): Grant => ({
  id: 'grant',
  state: 'active',
  kind: 'admin',
  admin: 'ada@example.com',
  role: 'Admin',
  authorisedAt: '2026-10-01T10:00:00.000Z',
  refreshedAt: null,
  checkedAt: null,
  atRisk: null,
  deadReason: null,
  deadAt: null,
  ...changes,
});
const dead = (admin: string, deadAt: string, changes: Partial<Grant> = {}): Grant =>
  grant({ state: 'dead', admin, deadAt, deadReason: 'user_left', ...changes });
const OLGA = dead('olga@example.com', '2026-11-24T10:00:00.000Z');

describe('newestDead', () => {
  it('is the one that ended last, whatever the order', () => {
    const older = dead('otto@example.com', '2026-11-02T10:00:00.000Z');
    expect(newestDead({ grants: [older, OLGA, grant({})] })).toBe(OLGA);
    expect(newestDead({ grants: [OLGA, older] })).toBe(OLGA);
  });

  it('is nobody where all live', () => {
    expect(newestDead({ grants: [grant({})] })).toBeUndefined();
  });
});

describe('takenOver', () => {
  it('names who has left and who goes on', () => {
    expect(takenOver({ grants: [grant({}), OLGA] }, NOW)).toEqual({
      from: 'olga@example.com',
      to: 'ada@example.com',
      code: 'user_left',
    });
  });

  it.each<[string, Grant[]]>([
    ['nobody is left', [OLGA]],
    ['nobody has left', [grant({})]],
    ['the other one authorised only afterwards', [grant({ authorisedAt: '2026-11-24T11:00:00.000Z' }), OLGA]],
    ['the same admin has authorised again', [grant({ admin: 'olga@example.com' }), OLGA]],
    ['it was long ago', [grant({}), dead('olga@example.com', '2026-11-11T09:00:00.000Z')]],
    ['it was no admin', [grant({}), { ...OLGA, kind: 'service_client' }]],
  ])('says nothing when %s', (_, grants) => {
    expect(takenOver({ grants }, NOW)).toBeUndefined();
  });
});
