import { checkRedirectUri } from './check-redirect-uri';

describe('checkRedirectUri', () => {
  it.each([
    'https://zoom.us/callback',
    'https://zoom.us/callback?a=b',
    'http://127.0.0.1:8080/x',
    'http://localhost/x',
  ])('takes %s', (uri) => expect(() => checkRedirectUri(uri)).not.toThrow());

  it.each([
    '',
    'zoom.us/callback',
    'http://zoom.us/callback',
    'https://zoom.us/callback#x',
    'https://zoom.us/#',
    'https://somebody@zoom.us/',
    'javascript:alert(1)',
    'zoomus://callback',
    `https://zoom.us/${'x'.repeat(2000)}`,
  ])('refuses "%s"', (uri) => expect(() => checkRedirectUri(uri)).toThrow('https address'));
});
