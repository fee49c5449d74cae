import { passThroughCapability, waysToRun } from './run-as';

const root = { uid: 0, gid: 0 };
const line = (ways: ReturnType<typeof waysToRun>) => ways.map(({ prefix }) => prefix.join(' '));

describe('waysToRun', () => {
  it('runs directly as an ordinary user, bound to the life of node where setpriv exists', () => {
    expect(line(waysToRun(1000, root, undefined))).toEqual(['setpriv --pdeathsig INT --', '']);
  });

  it('runs in a user namespace as root, else as nobody', () => {
    const ways = waysToRun(0, root, 'dac_override');
    expect(line(ways)).toEqual([
      'unshare --user --map-user=65534 --map-group=65534 -- setpriv --pdeathsig INT --',
      'setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override --pdeathsig INT --',
      '',
    ]);
    expect(ways.map(({ owner }) => owner?.uid)).toEqual([0, 65_534, 65_534]);
    expect(ways.map(({ setUser }) => setUser)).toEqual([false, false, true]);
  });

  it('runs as the owner of the files when root finds those of somebody else', () => {
    const ways = waysToRun(0, { uid: 1000, gid: 100 }, undefined);
    expect(line(ways)).toEqual(['setpriv --reuid=1000 --regid=100 --clear-groups --pdeathsig INT --', '']);
    expect(ways.every(({ owner }) => owner?.uid === 1000 && owner.gid === 100)).toBe(true);
  });

  it('says last of all when the server has to die: a change of user would clear it', () => {
    for (const { prefix } of waysToRun(0, root, 'dac_read_search').filter((way) => way.prefix.length > 0)) {
      expect(prefix.slice(-3)).toEqual(['--pdeathsig', 'INT', '--']);
    }
  });
});

describe('passThroughCapability', () => {
  it.each([
    ['dac_read_search', 'CapPrm:\t000001fffeffffff'],
    ['dac_override', 'CapPrm:\t00000000a80425fb'],
    [undefined, 'CapPrm:\t0000000000000000'],
    [undefined, ''],
  ])('%s of %j', (expected, status) => {
    expect(passThroughCapability(status)).toBe(expected);
  });
});
