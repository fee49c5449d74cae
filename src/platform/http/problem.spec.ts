import { toAppError } from './problem';

describe('toAppError', () => {
  it('tells a caller who hangs up from a database that does', () => {
    const reset = (): Error => Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    expect(toAppError(reset()).code).toBe('unavailable');
    // As Fastify marks what happened to the body of a request.
    expect(toAppError(Object.assign(reset(), { statusCode: 400 })).code).toBe('invalid_request');
    expect(toAppError(Object.assign(reset(), { statusCode: 500 })).code).toBe('unavailable');
  });
});
