import { GERMAN } from '../../src/sip/sip-texts.de';
import { ENGLISH } from '../../src/sip/sip-texts.en';
import { failed, UsersApp } from './users-app';

describe('the language of SIP texts', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
    await users.addUser({ email: 'erika@example.com' });
    await users.report('erika@example.com', 'd1', failed(403));
  });
  afterAll(() => users.stop());

  async function read(
    path: string,
    acceptLanguage?: string,
  ): Promise<{ headers: Headers; text: string; body: unknown }> {
    const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}/users${path}`, {
      headers: {
        authorization: `Bearer ${await users.token()}`,
        ...(acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage }),
      },
    });
    const text = await response.text();
    return { headers: response.headers, text, body: JSON.parse(text) };
  }

  it.each([
    [undefined, 'en'],
    ['de', 'de'],
    ['de-AT, en;q=0.8', 'de'],
    ['fr, en;q=0.4, de;q=0.3', 'en'],
    ['tlh', 'en'],
    ['de;q=0', 'en'],
  ] as const)('of the status follows Accept-Language %s: %s', async (wish, language) => {
    const { headers, body } = await read('/erika@example.com/status', wish);
    expect(headers.get('content-language')).toBe(language);
    expect(headers.get('vary')).toBe('Accept-Language');
    const { meaning, check } = (language === 'de' ? GERMAN : ENGLISH).codes[403];
    const told = { code: 403, phrase: 'Forbidden', source: 'registrar', meaning, check };
    expect(body).toMatchObject({ sip: told, registrations: [{ sip: told }] });
  });

  it.each(['', '/erika@example.com'])('of users%s follows it, too', async (path) => {
    const { headers, text } = await read(path, 'de');
    expect([headers.get('content-language'), headers.get('vary')]).toEqual(['de', 'Accept-Language']);
    expect(text).toContain(GERMAN.codes[403].meaning);
    expect(text).not.toContain(ENGLISH.codes[403].meaning);
  });

  it('gives two readers of one moment each their own', async () => {
    const answers = await Promise.all(['de', 'en', 'de', 'en'].map((wish) => read('/erika@example.com/status', wish)));
    const meanings = answers.map(({ body }) => (body as { sip: { meaning: string } }).sip.meaning);
    const [german, english] = [GERMAN.codes[403].meaning, ENGLISH.codes[403].meaning];
    expect(meanings).toEqual([german, english, german, english]);
  });

  it('of a problem is English, whatever was asked for, and says so', async () => {
    const { headers, body } = await read('/nobody@example.com/status', 'de');
    expect(headers.get('content-language')).toBe('en');
    expect(body).toMatchObject({ detail: 'There is no such user in this connector.' });
  });
});
