import { normaliseEmail } from './normalise-email';

describe('normaliseEmail', () => {
  it.each([
    ['erika.mueller+zoom@nordwind.example', 'erika.mueller+zoom@nordwind.example'],
    ['Erika@Nordwind.Example', 'erika@nordwind.example'],
    ['erikaZ@nordwind.example', 'erikaz@nordwind.example'],
    [' erika@nordwind.example\t', 'erika@nordwind.example'],
    ['ERIKA\u0308@nordwind.example', 'erik\u00e4@nordwind.example'],
    ['a{}|~`_^[]@nordwind.example', 'a{}|~`_^[]@nordwind.example'],
    ['', ''],
  ])('%j is %j', (email, normalised) => {
    expect(normaliseEmail(email)).toBe(normalised);
  });
});
