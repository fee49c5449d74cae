import { readArrival } from './arrivals';

const NOTHING = { provider: undefined, result: undefined, error: undefined, reference: undefined };
const REFERENCE = '5a1f4a9e-0f5e-4f4e-8a51-1c5c7f1f2b33';

describe('readArrival', () => {
  test.each([
    ['a success', 'provider=zoom&result=signed_in', { provider: 'zoom', result: 'signed_in' }],
    [
      'a failure',
      `provider=cloudlink&error=missing_role&reference=${REFERENCE}`,
      { provider: 'cloudlink', error: 'missing_role', reference: REFERENCE },
    ],
    ['an address that says nothing', '', {}],
    ['a provider that does not exist', 'provider=Call+0800+1&result=standby', { result: 'standby' }],
    ['words in place of a code', 'error=Your+account+was+stolen', { error: 'internal_error' }],
    ['an error without a code', 'error=', { error: 'internal_error' }],
    ['what every object has', 'provider=__proto__&error=__proto__&result=__proto__', { error: 'internal_error' }],
    ['a code that is too long', `error=${'a'.repeat(62)}`, { error: 'internal_error' }],
    ['words in place of a reference', 'error=not_found&reference=call+0800+12345', { error: 'not_found' }],
    ['a reference that is too short', 'error=not_found&reference=1234567', { error: 'not_found' }],
  ])('takes nothing but codes from %s', (_, query, expected) => {
    expect(readArrival(`#/arrived?${query}`)).toEqual({ ...NOTHING, ...expected });
  });
});
