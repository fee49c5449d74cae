import { isPostgresCommand, isPostgresOf, parseProcStat, processIdentity } from './process-identity';

const stat = (name: string, state: string) =>
  `4242 (${name}) ${state} 1 4242 4242 0 -1 4194560 1 0 0 0 5 6 0 0 20 0 1 0 987654 1000 200`;

describe('parseProcStat', () => {
  it('reads the start time', () => {
    expect(parseProcStat(stat('postgres', 'S'))).toBe('987654');
  });

  it('is not misled by blanks and brackets in the name', () => {
    expect(parseProcStat(stat('my (odd) R 7 program', 'S'))).toBe('987654');
  });

  it('counts a zombie as gone', () => {
    expect(parseProcStat(stat('postgres', 'Z'))).toBeUndefined();
  });
});

describe('processIdentity', () => {
  it('is the same each time for a living process', async () => {
    const identity = await processIdentity(process.pid);
    expect(identity).toBeDefined();
    expect(await processIdentity(process.pid)).toBe(identity);
  });

  it('is undefined where there is no process', async () => {
    // Above the largest pid that Linux (4 194 304) and macOS (99 998) give out.
    expect(await processIdentity(4_194_999)).toBeUndefined();
  });
});

describe('isPostgresCommand', () => {
  it.each([
    [true, ['/opt/bin/postgres', '-D', '/data/postgres', '-p', '41000']],
    [false, ['/opt/bin/postgres', '-D', '/other/postgres']],
    [false, ['/opt/bin/postgres']],
    [false, ['node', '-D', '/data/postgres']],
    [false, ['']],
  ])('%s: %j', (expected, args) => {
    expect(isPostgresCommand(args, '/data/postgres')).toBe(expected);
  });

  it('does not take this test for a server', async () => {
    expect(await isPostgresOf(process.pid, process.cwd())).toBe(false);
  });
});
