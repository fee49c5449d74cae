import { signWebhook } from './sign-webhook';

test('the signature is that of Zoom: HMAC-SHA-256 over the bytes, umlauts as UTF-8', () => {
  const body = Buffer.from('{"name":"Jörg"}', 'utf8');
  // printf 'v0:1700000000:{"name":"Jörg"}' | openssl dgst -sha256 -hmac secret
  expect(signWebhook('secret', 1_700_000_000, body)).toBe(
    'v0=17a663d5b35ba1b43499a549a856da7c93b74a09694394ced04c7e5271a8f8b6',
  );
});
