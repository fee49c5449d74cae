import { CHANGE_KINDS, toBits, unionOf } from './change-kinds';

describe('kinds of changes', () => {
  it('survive being stored', () => {
    for (const kind of CHANGE_KINDS) expect(unionOf([toBits([kind])])).toEqual([kind]);
    expect(toBits(CHANGE_KINDS)).toBe(31);
  });

  it('are named once, each where it happened last', () => {
    const removed = toBits(['removed']);
    const added = toBits(['added', 'credential', 'targets']);
    expect(unionOf([added, removed, added])).toEqual(['removed', 'added', 'credential', 'targets']);
    expect(unionOf([added, removed])).toEqual(['added', 'credential', 'targets', 'removed']);
  });
});
