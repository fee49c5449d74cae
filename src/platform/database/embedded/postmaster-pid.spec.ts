import { parsePostmasterPid } from './postmaster-pid';

const running = '4242\n/data/postgres\n1795478400\n41000\n\n127.0.0.1\n   721107    98304\nready   \n';

describe('parsePostmasterPid', () => {
  it('reads pid, port and state of a running server', () => {
    expect(parsePostmasterPid(running)).toEqual({ pid: 4242, port: 41_000, ready: true });
  });

  it('is not ready while the server still starts or already stops', () => {
    expect(parsePostmasterPid(running.replace('ready   ', 'starting'))?.ready).toBe(false);
    expect(parsePostmasterPid(running.replace('ready   ', 'stopping'))?.ready).toBe(false);
  });

  it('knows no port before the server listens', () => {
    expect(parsePostmasterPid('4242\n/data/postgres\n1795478400\n')).toEqual({
      pid: 4242,
      port: undefined,
      ready: false,
    });
    expect(parsePostmasterPid(running.replace('41000', '70000'))?.port).toBeUndefined();
  });

  it('takes a negative pid for the standalone backend that holds the folder', () => {
    expect(parsePostmasterPid('-4242\n/data/postgres\n')?.pid).toBe(4242);
  });

  it.each(['', '\n\n', 'garbage\n', '0\n', '12.5\n'])('finds no process in %j', (text) => {
    expect(parsePostmasterPid(text)).toBeUndefined();
  });
});
