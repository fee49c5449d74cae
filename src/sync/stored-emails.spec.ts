import fc from 'fast-check';
import { RememberedEmails, StoredEmails } from './stored-emails';

const emailOf = (n: number): string => `user.${n}@kunde-${n % 7}.example`;

describe('StoredEmails', () => {
  it('holds whatever was added', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (emails) => {
        const stored = new StoredEmails();
        for (const email of emails) stored.add(email);
        return emails.every((email) => stored.mayHold(email));
      }),
      { numRuns: 50 },
    );
  });

  it('takes few of those for stored who are not, with 200 000 who are', () => {
    const stored = new StoredEmails();
    for (let n = 0; n < 200_000; n += 1) stored.add(emailOf(n));
    let errors = 0;
    for (let n = 200_000; n < 300_000; n += 1) errors += stored.mayHold(emailOf(n)) ? 1 : 0;
    // (1 - e^(-3 · 200 000 / 2^23))³ is 0.03 %: 33 of them.
    expect(errors).toBeLessThan(150);
  });
});

describe('RememberedEmails', () => {
  const place = { position: 'page 3', hintCount: 1 };

  it('gives a run its emails back where it was left', () => {
    const remembered = new RememberedEmails();
    const emails = new StoredEmails();
    remembered.keep('run', { ...place, position: 'page 2' }, new StoredEmails());
    remembered.keep('run', place, emails);
    expect(remembered.take('other', place)).toBeUndefined();
    expect(remembered.take('run', place)).toBe(emails);
  });

  it.each([
    ['somebody else went on with it', { ...place, position: 'page 5' }],
    ['it was begun anew', { ...place, position: null }],
    ['a webhook has come', { ...place, hintCount: 2 }],
  ])('not where %s, and not later either', (_, now) => {
    const remembered = new RememberedEmails();
    remembered.keep('run', place, new StoredEmails());
    expect(remembered.take('run', now)).toBeUndefined();
    expect(remembered.take('run', place)).toBeUndefined();
  });

  it('keeps those of the last four, and none of a run that is over', () => {
    const remembered = new RememberedEmails();
    for (const run of ['1', '2', '3', '4', '1', '5']) remembered.keep(run, place, new StoredEmails());
    remembered.forget('4');
    expect(['1', '2', '3', '4', '5'].filter((run) => remembered.take(run, place) !== undefined)).toEqual([
      '1',
      '3',
      '5',
    ]);
  });
});
