import { decideRemoval, type RemovalFacts } from './decide-removal';

const FACTS: RemovalFacts = { cloudlinkItems: 100, zoomUsers: 100, unattributed: 0, present: 100, missing: 1 };

describe('decideRemoval', () => {
  it.each<[string, Partial<RemovalFacts>, 'remove' | 'ask']>([
    ['nobody is missing', { missing: 0 }, 'remove'],
    ['nobody is missing in an empty account', { missing: 0, present: 0, cloudlinkItems: 0, zoomUsers: 0 }, 'remove'],
    ['five of a few', { missing: 5, present: 10 }, 'remove'],
    ['one of two', { missing: 1, present: 2 }, 'remove'],
    ['most of a few', { missing: 5, present: 6 }, 'ask'],
    ['everybody', { missing: 1, present: 1 }, 'ask'],
    ['six of a few', { missing: 6, present: 6 }, 'ask'],
    ['5 % of many', { missing: 50, present: 1000 }, 'remove'],
    ['more than 5 % of many', { missing: 51, present: 1000 }, 'ask'],
    ['CloudLink lists nobody', { cloudlinkItems: 0 }, 'ask'],
    ['Zoom lists nobody', { zoomUsers: 0 }, 'ask'],
    ['an item names nobody', { unattributed: 1 }, 'ask'],
    ['an item names nobody and nobody is missing', { unattributed: 1, missing: 0 }, 'remove'],
  ])('%s', (_, changes, kind) => {
    expect(decideRemoval({ ...FACTS, ...changes }).kind).toBe(kind);
  });
});
