import { openTerminal } from './terminal';

describe('openTerminal', () => {
  const write = (): void => undefined;

  it.each<[string, { isTTY?: boolean; columns?: number }, Record<string, string>, number | undefined]>([
    ['a terminal', { isTTY: true, columns: 120 }, { TERM: 'xterm' }, 120],
    ['a terminal that does not know its width', { isTTY: true, columns: 0 }, {}, 80],
    ['a pipe', {}, {}, undefined],
    ['NO_COLOR', { isTTY: true, columns: 120 }, { NO_COLOR: '1' }, undefined],
    ['an empty NO_COLOR', { isTTY: true, columns: 120 }, { NO_COLOR: '' }, 120],
    ['CI', { isTTY: true, columns: 120 }, { CI: 'true' }, undefined],
    ['CI=false', { isTTY: true, columns: 120 }, { CI: 'false' }, 120],
    ['a dumb terminal', { isTTY: true, columns: 120 }, { TERM: 'dumb' }, undefined],
  ])('%s', (_, stream, env, columns) => {
    expect(openTerminal({ ...stream, write }, env)?.columns()).toBe(columns);
  });
});
