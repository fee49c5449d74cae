import type { Connector } from '../../session/connector';
import { missingSides, stepOf } from './setup-step';

const SYNCED = '2026-11-29T12:00:00.000Z';

describe('stepOf', () => {
  test.each<[string, Connector['state'], string | null, string | undefined, string]>([
    ['a side is missing', 'pending', null, undefined, 'connect'],
    ['a side is missing, whatever the address wants', 'pending', null, 'done', 'connect'],
    ['an authorisation has died', 'reauthorization_required', SYNCED, 'sync', 'connect'],
    ['connected, not synced', 'active', null, undefined, 'check'],
    ['connected, synced', 'active', SYNCED, undefined, 'done'],
    ['the pre-flight again', 'active', SYNCED, 'check', 'check'],
    ['the sides again', 'active', SYNCED, 'connect', 'connect'],
    ['the sync after its end', 'active', SYNCED, 'sync', 'sync'],
    ['the end before the sync has ended', 'active', null, 'done', 'sync'],
    ['an address that nobody knows', 'active', null, 'nonsense', 'check'],
  ])('%s', (_, state, syncedAt, wanted, step) => {
    expect(stepOf({ state, syncedAt }, wanted)).toBe(step);
  });
});

describe('missingSides', () => {
  const grant = (state: 'active' | 'standby' | 'dead') => ({ accountId: null, grants: [{ state }], reauthorize: null });
  const sides = (zoom: object, cloudlink: object) => ({ zoom, cloudlink }) as Pick<Connector, 'zoom' | 'cloudlink'>;
  const none = { accountId: null, grants: [], reauthorize: null };

  test('is the one that nobody has authorised', () => {
    expect(missingSides(sides(grant('active'), none), 'zoom')).toEqual(['cloudlink']);
    expect(missingSides(sides(none, grant('active')), 'cloudlink')).toEqual(['zoom']);
  });

  test('a dead authorisation and one that only stands by are none', () => {
    expect(missingSides(sides(grant('active'), grant('dead')), 'zoom')).toEqual(['cloudlink']);
    expect(missingSides(sides(grant('standby'), grant('active')), 'zoom')).toEqual(['zoom']);
  });

  test('of two, the other one than that which the admin came from is first', () => {
    expect(missingSides(sides(none, none), 'zoom')).toEqual(['cloudlink', 'zoom']);
    expect(missingSides(sides(none, none), 'cloudlink')).toEqual(['zoom', 'cloudlink']);
  });
});
