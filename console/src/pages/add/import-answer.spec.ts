import { ApiError } from '../../api/problem';
import { ImportAnswer } from './import-answer';

const PROGRESS = '{"progress":{"lines":3,"users":2}}\n';

function readAll(...texts: string[]): { told: unknown[]; outcome: unknown } {
  const told: unknown[] = [];
  const answer = new ImportAnswer((progress) => told.push(progress));
  texts.slice(0, -1).forEach((text) => answer.read(text));
  const outcome = answer.end(texts.at(-1) ?? '');
  return { told, outcome: outcome instanceof ApiError ? outcome.code : outcome };
}

describe('ImportAnswer', () => {
  it('tells each progress once, however the answer comes, and what it came to', () => {
    const whole = `${PROGRESS}${PROGRESS}{"result":{"added":2}}`;
    expect(readAll(whole.slice(0, 10), whole.slice(0, 50), whole)).toEqual({
      told: [
        { lines: 3, users: 2 },
        { lines: 3, users: 2 },
      ],
      outcome: { added: 2 },
    });
  });

  it('tells the problem that ended it', () => {
    expect(readAll(`${PROGRESS}{"problem":{"status":409,"code":"conflict"}}\n`).outcome).toBe('conflict');
  });

  it.each([
    ['in the middle of a line', `${PROGRESS}{"result":{"add`],
    ['before the last line', PROGRESS],
    ['at once', ''],
    ['by something that is not ours', '<html>\nnull\n7\n{}\n'],
  ])('is unreachable when it was cut %s', (_, text) => {
    expect(readAll(text).outcome).toBe('unreachable');
  });
});
