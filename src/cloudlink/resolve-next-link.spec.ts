import { resolveNextLink } from './resolve-next-link';

const path = '/2017-09-01/accounts/a1/psi/users';
const query = '?$top=1000&$skiptoken=abc';

describe('resolveNextLink', () => {
  it.each([
    ['relative to the service', 'https://admin.api.mitel.io', `${path}${query}`],
    ['relative to a service with a path prefix', 'http://127.0.0.1:3100/cloudlink/admin', `${path}${query}`],
    [
      'relative to the host, prefix included',
      'http://127.0.0.1:3100/cloudlink/admin',
      `/cloudlink/admin${path}${query}`,
    ],
    ['absolute', 'http://127.0.0.1:3100/cloudlink/admin', `http://127.0.0.1:3100/cloudlink/admin${path}${query}`],
    ['only a query', 'https://admin.api.mitel.io', query],
  ])('follows a link that is %s', (_name, base, link) => {
    expect(resolveNextLink(base, path, link)).toBe(`${path}${query}`);
  });

  it.each([
    ['another origin', `https://evil.example${path}${query}`],
    ['another origin without scheme', `//evil.example${path}${query}`],
    ['another scheme', `http://admin.api.mitel.io${path}${query}`],
    ['another account', `/2017-09-01/accounts/a2/psi/users${query}`],
    ['another resource by dots', `${path}/../../users${query}`],
    ['no URL at all', 'https://['],
  ])('refuses %s, because our token would go there', (_name, link) => {
    expect(() => resolveNextLink('https://admin.api.mitel.io', path, link)).toThrow('must not be followed');
  });
});
