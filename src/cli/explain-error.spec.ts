import { InvalidArgumentError } from 'commander';
import { ConfigError } from '../platform/config/read-environment';
import { AppError } from '../platform/errors/app-error';
import { explainError } from './explain-error';

describe('explainError', () => {
  test.each([
    [
      'a wrong call',
      new InvalidArgumentError('error: It must be x.'),
      { code: 'usage', message: 'It must be x.', exitCode: 2 },
    ],
    [
      'an error of ours',
      new AppError('not_found', 'There is none.', { detail: 'private' }),
      { code: 'not_found', message: 'There is none.', exitCode: 1 },
    ],
    [
      'a fault',
      new TypeError('x is not a function'),
      { code: 'internal_error', message: 'x is not a function', exitCode: 1 },
    ],
    ['something that is no error', 'text', { code: 'internal_error', message: 'text', exitCode: 1 }],
  ])('%s', (_, error, failure) => {
    expect(explainError(error)).toEqual(failure);
  });

  test('a database without tables says what to do', () => {
    expect(
      explainError(Object.assign(new Error('relation "connectors" does not exist'), { code: '42P01' })).message,
    ).toContain('npm run migrate');
  });

  test('a failed connection has no message of its own in Node: it gets one', () => {
    expect(explainError(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toMatchObject({
      code: 'database_unreachable',
      exitCode: 1,
    });
  });

  test('configuration problems are all listed', () => {
    expect(explainError(new ConfigError([{ variable: 'PORT', rule: 'must be a number' }])).message).toContain('PORT');
  });
});
