import { verifySignature } from './verify-signature';

const SECRET = 'zoom-webhook-secret-token';
const TIMESTAMP = '1739923528';
const BODY = Buffer.from(
  '{"event":"user.deactivated","event_ts":1626230691572,"payload":{"account_id":"AAAAAABBBB","operator":"admin@example.com","operator_id":"z8yCxjabcdEFGHfp8uQ","object":{"id":"abcD3ojfdbjfg","first_name":"Jürgen","last_name":"Groß","email":"juergen@example.com","type":2}}}',
);
const SIGNATURE = 'v0=d727a88e04181c5e9825f7e001bd5a09cf3a238103dafccfc082348c10d6a92b';
const at = (minutes: number): Date => new Date((Number(TIMESTAMP) + minutes * 60) * 1000);
const headers = { signature: SIGNATURE, timestamp: TIMESTAMP };

describe('verifySignature', () => {
  it('knows the signature over bytes beyond ASCII, and says which secret made it', () => {
    expect(BODY).toHaveLength(272);
    expect(verifySignature([SECRET], headers, BODY, at(0))).toBe(SECRET);
    expect(verifySignature(['another', SECRET], headers, BODY, at(0))).toBe(SECRET);
  });

  it.each([
    ['no secret', [], headers, BODY],
    ['another secret', ['another'], headers, BODY],
    ['another timestamp', [SECRET], { ...headers, timestamp: '1739923529' }, BODY],
    ['one byte less', [SECRET], headers, BODY.subarray(1)],
    ['no signature', [SECRET], { timestamp: TIMESTAMP, signature: undefined }, BODY],
    ['no timestamp', [SECRET], { signature: SIGNATURE, timestamp: undefined }, BODY],
    ['a short signature', [SECRET], { ...headers, signature: SIGNATURE.slice(0, -2) }, BODY],
    ['a long signature', [SECRET], { ...headers, signature: `${SIGNATURE}00` }, BODY],
    ['no version', [SECRET], { ...headers, signature: SIGNATURE.slice(3) }, BODY],
    ['letters that are no hex', [SECRET], { ...headers, signature: `v0=${'zz'.repeat(32)}` }, BODY],
    ['a timestamp with a sign', [SECRET], { ...headers, timestamp: `+${TIMESTAMP}` }, BODY],
    ['a timestamp with a fraction', [SECRET], { ...headers, timestamp: `${TIMESTAMP}.0` }, BODY],
  ])('refuses %s', (_what, secrets, given, body) =>
    expect(verifySignature(secrets, given, body, at(0))).toBeUndefined(),
  );

  it.each([
    [90, true],
    [100, true],
    [101, false],
    [-100, true],
    [-101, false],
  ])('%d minutes after the timestamp it is accepted: %p', (minutes, accepted) =>
    expect(verifySignature([SECRET], headers, BODY, at(minutes))).toBe(accepted ? SECRET : undefined),
  );
});
