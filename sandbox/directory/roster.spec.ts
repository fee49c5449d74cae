import { createHash } from 'node:crypto';
import { accountPlan } from '../accounts';
import { credentialFor, ha1For } from './credential-for';
import { IdCodec } from './id-codec';
import { emailOwner, kindOf, KINDS } from './kinds';
import { toAscii } from './names';
import { Roster } from './roster';

const roster = (seed = 'seed', users = 250): Roster => new Roster(accountPlan(1), seed, users);
const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('the directory', () => {
  it('is the same for the same seed, and another for another', () => {
    const people = (seed: string): unknown[] =>
      indices(50).map((index) => [
        roster(seed).person(index),
        roster(seed).credential(index),
        roster(seed).zoomIds.shortId(index),
      ]);
    expect(people('a')).toEqual(people('a'));
    expect(people('a')).not.toEqual(people('b'));
  });

  it('has each kind at least once among 250 users', () => {
    expect(new Set(indices(250).map((index) => kindOf(index)))).toEqual(new Set(KINDS));
  });

  it('does not depend on how many users there are', () => {
    expect(roster('s', 100).person(42)).toEqual(roster('s', 1_000_000).person(42));
  });

  it.each([
    ['Jürgen', 'Juergen'],
    ['Zoë', 'Zoe'],
    ['Łukasz', 'Lukasz'],
    ['Groß', 'Gross'],
    ['O’Brien', 'OBrien'],
  ])('spells %s as %s in emails', (name, ascii) => expect(toAscii(name)).toBe(ascii));

  it('keeps emails ASCII and names not, and the two sides differ in case only', () => {
    const people = indices(1000).map((index) => roster('s', 1000).person(index));
    expect(people.every((person) => /^[\x21-\x7e]+$/.test(person.zoomEmail))).toBe(true);
    expect(people.some((person) => /[^\x20-\x7e]/.test(person.displayName))).toBe(true);
    expect(people.every((person) => person.cloudlinkEmail.toLowerCase() === person.zoomEmail.toLowerCase())).toBe(true);
    const plain = people.filter((person) => emailOwner(person.position) === person.position);
    expect(plain.every((person) => person.cloudlinkEmail !== person.zoomEmail)).toBe(true);
  });

  it('gives no two duplicates the same target, and no target that is itself special', () => {
    const duplicates = indices(20_000).filter((index) => emailOwner(index) !== index);
    const targets = duplicates.map((index) => emailOwner(index));
    expect(new Set(targets).size).toBe(targets.length);
    expect(targets.every((target) => kindOf(target) === 'ready' && target >= 0)).toBe(true);
    // One pair lies side by side, another on pages far apart.
    expect(duplicates.some((index) => index - emailOwner(index) === 1)).toBe(true);
    expect(duplicates.some((index) => index - emailOwner(index) > 5000)).toBe(true);
  });

  it('hands out real digests', () => {
    const { authUserName, realm, password, ha1 } = credentialFor(7, { seed: 'x', account: 2, generation: 3 });
    const digest = (algorithm: string): string =>
      createHash(algorithm).update(`${authUserName}:${realm}:${password}`).digest('hex');
    expect(ha1).toEqual({ MD5: digest('md5'), 'SHA-256': digest('sha256') });
    expect(ha1For(7, 'SHA-256', { seed: 'x', account: 2, generation: 3 })).toBe(ha1['SHA-256']);
    expect(ha1For(7, 'MD5', { seed: 'x', account: 2 })).not.toBe(ha1.MD5);
  });

  it('offers MD5 alone, both, and SHA-256 alone', () => {
    const offers = new Set(indices(60).map((index) => credentialFor(index).offered.join('+')));
    expect(offers).toEqual(new Set(['MD5', 'MD5+SHA-256', 'SHA-256']));
  });

  it('finds users by id and by email however they are spelled, and nobody by a foreign id', () => {
    const here = roster();
    expect(here.findAtZoom(here.zoomIds.shortId(0))).toBe(0);
    expect(here.findAtZoom(here.person(1).zoomEmail.toUpperCase())).toBe(1);
    expect(here.findAtZoom('nobody.at.all.1@nordwind.example')).toBeUndefined();
    expect(here.findAtCloudlink(here.cloudlinkIds.uuid(249))).toBe(249);
    expect(here.findAtCloudlink(roster('other').cloudlinkIds.uuid(249))).toBeUndefined();
    expect(here.findAtCloudlink(here.cloudlinkIds.uuid(250))).toBeUndefined();
  });
});

describe('IdCodec', () => {
  const codec = new IdCodec('seed', 'test');

  it.each([0, 1, 65_535, 65_536, 999_999, -1, -500])('leads back to position %d', (position) => {
    expect(codec.positionOfUuid(codec.uuid(position))).toBe(position);
    expect(codec.positionOfShortId(codec.shortId(position))).toBe(position);
  });

  it('makes well-formed ids without repetition', () => {
    const ids = indices(20_000).map((position) => codec.uuid(position));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  });

  it.each(['', 'x', 'me', '00000000-0000-4000-8000-000000000000'])('does not know %p', (id) => {
    expect(codec.positionOfUuid(id)).toBeUndefined();
    expect(codec.positionOfShortId(id)).toBeUndefined();
  });
});
