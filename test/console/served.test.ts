import { freePort } from '../support/free-port';
import { startProgram, type Program } from '../support/program';

/** What a browser is given before it asks the API anything. */
describe('the console', () => {
  let program: Program;
  let host: string;

  beforeAll(async () => {
    const port = await freePort();
    host = `http://127.0.0.1:${port}`;
    program = await startProgram({ users: 1, role: 'api', env: { PORT: String(port), PUBLIC_URL: `${host}/phones` } });
  });
  afterAll(() => program.stop());

  it('is one page under the path of PUBLIC_URL, with scripts from here alone', async () => {
    for (const path of ['/phones/', '/phones/?x=1', '/']) {
      const page = await fetch(`${host}${path}`);
      expect([path, page.status, page.headers.get('content-type')]).toEqual([path, 200, 'text/html; charset=utf-8']);
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('leads to the folder of its files, which a path without a slash at the end is not', async () => {
    const answer = await fetch(`${host}/phones`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${host}/phones/`]);
  });

  it('has every file that the page names, packed, and kept by browsers for ever', async () => {
    const html = await (await fetch(`${host}/phones/`)).text();
    const names = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThanOrEqual(3);
    for (const name of names) {
      const file = await fetch(`${host}/phones/${name}`, { headers: { 'accept-encoding': 'gzip' } });
      expect([name, file.status]).toEqual([name, 200]);
      expect(file.headers.get('content-encoding')).toBe('gzip');
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect((await fetch(`${host}/phones/assets/none.js`)).status).toBe(404);
    expect((await fetch(`${host}/phones/assets/..%2findex.html`)).status).toBe(404);
  });
});
