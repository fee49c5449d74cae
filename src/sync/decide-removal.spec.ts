import { decideRemoval, type RemovalFacts } from './decide-removal';

const FACTS: RemovalFacts = {
  cloudlinkItems: 100,
  hasZoomUsers: true,
  unattributed: 0,
  present: 100,
  missing: 1,
  due: 1,
  limitPercent: 5,
};
const all = (missing: number): Partial<RemovalFacts> => ({ missing, due: missing });

describe('decideRemoval', () => {
  it.each<[string, Partial<RemovalFacts>, 'settle' | 'ask']>([
    ['nobody is missing', all(0), 'settle'],
    [
      'nobody is missing in an empty account',
      { ...all(0), present: 0, cloudlinkItems: 0, hasZoomUsers: false },
      'settle',
    ],
    ['five of a few', { ...all(5), present: 10 }, 'settle'],
    ['one of two', { ...all(1), present: 2 }, 'settle'],
    ['most of a few', { ...all(5), present: 6 }, 'ask'],
    ['everybody', { ...all(1), present: 1 }, 'ask'],
    ['six of a few', { ...all(6), present: 6 }, 'ask'],
    ['5 % of many', { ...all(50), present: 1000 }, 'settle'],
    ['more than 5 % of many', { ...all(51), present: 1000 }, 'ask'],
    ['everybody for the first time', { missing: 100, due: 0 }, 'settle'],
    ['many for the first time, five again', { missing: 90, due: 5 }, 'settle'],
    ['many for the first time, six again', { missing: 90, due: 6 }, 'ask'],
    ['20 % of many where so many are allowed', { ...all(200), present: 1000, limitPercent: 20 }, 'settle'],
    ['more than 20 % of many', { ...all(201), present: 1000, limitPercent: 20 }, 'ask'],
    ['five where no share is allowed', { ...all(5), present: 1000, limitPercent: 0 }, 'settle'],
    ['six where no share is allowed', { ...all(6), present: 1000, limitPercent: 0 }, 'ask'],
    ['over half, however much is allowed', { ...all(501), present: 1000, limitPercent: 50 }, 'ask'],
    ['CloudLink lists nobody', { cloudlinkItems: 0 }, 'ask'],
    ['Zoom lists nobody', { hasZoomUsers: false }, 'ask'],
    ['Zoom lists nobody for the first time', { hasZoomUsers: false, due: 0 }, 'ask'],
    ['an item names nobody', { unattributed: 1 }, 'ask'],
    ['an item names nobody and nobody is missing', { ...all(0), unattributed: 1 }, 'settle'],
  ])('%s', (_, changes, kind) => {
    expect(decideRemoval({ ...FACTS, ...changes }).kind).toBe(kind);
  });

  it.each<[string, Partial<RemovalFacts>, boolean]>([
    ['CloudLink lists nobody', { cloudlinkItems: 0 }, false],
    ['Zoom lists nobody', { hasZoomUsers: false }, false],
    ['an item names nobody', { unattributed: 1 }, false],
    ['too many are due', all(6), true],
    ['over half are due', all(60), true],
  ])('says of a case where %s whether anybody may be marked', (_, changes, isCredible) => {
    expect(decideRemoval({ ...FACTS, ...changes })).toMatchObject({ kind: 'ask', isCredible });
  });

  it('names the number that an approval would remove', () => {
    expect(decideRemoval({ ...FACTS, missing: 9, due: 7 })).toMatchObject({
      message:
        'More users are missing than usual (over 5 %, 7 of them for the second time). Nobody was removed: approve this run if 9 of 100 users should really be removed.',
    });
  });
});
