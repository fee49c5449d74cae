import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { UsersRepository } from '../../src/users/users.repository';
import { failed, UsersApp } from './users-app';

const MANY = 6_000;

describe('the export of users', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
    await users.addUser({ email: 'erika@example.com', displayName: 'Müller, "Erika"', extension: '2001' });
    await users.addUser({ email: 'evil@example.com', displayName: '=HYPERLINK("http://x";"y")', extension: '-1' });
    await users.addUser({ email: 'gone@example.com', credential: 'none', status: 'removed' });
    await users.addUser({ email: 'pending@example.com', credential: 'none', zoomUserId: null });
    await users.report('erika@example.com', 'd', failed(403));
  });
  afterAll(() => users.stop());

  const get = async (
    query: string,
    options: { language?: string; connectorId?: string; token?: string } = {},
  ): Promise<{ status: number; headers: Headers; text: string }> => {
    const { connectorId = users.connectorId } = options;
    const response = await fetch(`${users.url}/v1/connectors/${connectorId}/users/export${query}`, {
      headers: {
        authorization: `Bearer ${options.token ?? (await users.token())}`,
        ...(options.language === undefined ? {} : { 'accept-language': options.language }),
      },
    });
    // Not text(): it swallows the byte order mark.
    return {
      status: response.status,
      headers: response.headers,
      text: Buffer.from(await response.arrayBuffer()).toString('utf8'),
    };
  };
  const read = (text: string, delimiter = ','): Record<string, string>[] =>
    parse<Record<string, string>>(text, { bom: true, columns: true, delimiter, record_delimiter: '\r\n' });
  const audited = async (): Promise<unknown[]> =>
    (
      await users.database.query(
        `select actor_kind, details from audit_events where action = 'users.exported' order by event_id`,
      )
    ).rows;

  it('is a file for a spreadsheet, in the language of the caller', async () => {
    const { status, headers, text } = await get('', { language: 'de' });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(headers.get('content-disposition')).toBe('attachment; filename="users.csv"');
    expect([headers.get('cache-control'), headers.get('content-language')]).toEqual(['no-store', 'de']);
    expect(text.startsWith('\ufeffE-Mail,Name,Durchwahl,Rufnummer,')).toBe(true);
    const [erika, evil, pending] = read(text);
    expect(erika).toMatchObject({
      'E-Mail': 'erika@example.com',
      Name: 'Müller, "Erika"',
      Durchwahl: '2001',
      Rufnummer: '+498970074711',
      Telefonanlage: 'OSV',
      Status: 'sip_error',
      Seit: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      'SIP-Code': '403',
      Desktop: 'failed 403',
      Mobil: '',
    });
    expect(erika?.['Bedeutung']).toMatch(/ä|ö|ü/);
    expect(evil).toMatchObject({ Name: `'=HYPERLINK("http://x";"y")`, Durchwahl: "'-1" });
    expect(pending).toMatchObject({ 'E-Mail': 'pending@example.com', Rufnummer: '', 'Zoom-Benutzer-ID': '' });
    expect(read((await get('')).text)[0]).toMatchObject({ Email: 'erika@example.com', 'Caller ID': '+498970074711' });
  });

  it.each([
    ['semicolon', ';'],
    ['tab', '\t'],
  ])('is separated by a %s', async (name, separator) => {
    const { text } = await get(`?separator=${name}`);
    expect(read(text, separator).map((line) => line['Email'])).toEqual([
      'erika@example.com',
      'evil@example.com',
      'pending@example.com',
    ]);
  });

  it('has those whom the filter lets through, and the audit says how many and which', async () => {
    const before = (await audited()).length;
    expect(read((await get('?code=403&q=erika')).text)).toHaveLength(1);
    expect(read((await get('?status=removed')).text).map((line) => line['Email'])).toEqual(['gone@example.com']);
    expect((await get('?pbx=nowhere')).text.split('\r\n')).toHaveLength(2);
    expect((await audited()).slice(before)).toEqual([
      { actor_kind: 'client', details: { count: 1, code: 403, q: 'erika' } },
      { actor_kind: 'client', details: { count: 1, status: 'removed' } },
      { actor_kind: 'client', details: { count: 0, pbx: 'nowhere' } },
    ]);
  });

  it.each([
    ['separator', 'separator=,'],
    ['separator', 'separator=pipe'],
    ['code', 'code=1'],
    ['limit', 'limit=5'],
    ['sort', 'sort=email'],
  ])('names %s of ?%s, and exports nothing', async (field, query) => {
    const before = (await audited()).length;
    const { status, text, headers } = await get(`?${query}`);
    expect([status, headers.get('content-disposition')]).toEqual([400, null]);
    expect((JSON.parse(text) as { errors: unknown }).errors).toMatchObject([{ field }]);
    expect(await audited()).toHaveLength(before);
  });

  it('is of one connector and for who may read statuses', async () => {
    const other = randomUUID();
    await users.addConnector(other);
    expect((await get('', { connectorId: other })).status).toBe(404);
    expect(read((await get('', { connectorId: other, token: await users.token(undefined, other) })).text)).toEqual([]);
    expect((await get('', { token: await users.token(['audit:read']) })).status).toBe(403);
  });

  describe('of many users', () => {
    beforeAll(async () => {
      await users.database.query(
        `insert into integrated_users (connector_id, user_id, email, display_name)
         select $1, gen_random_uuid(), 'many' || lpad(n::text, 6, '0') || '@example.com', repeat('n', 4000) from generate_series(1, $2) n`,
        [users.connectorId, MANY],
      );
    });
    afterEach(() => jest.restoreAllMocks());

    it('has each of them once, also those of the edge of a page', async () => {
      const emails = read((await get('?q=many')).text).map((line) => line['Email']);
      expect(emails).toHaveLength(MANY);
      expect(new Set(emails).size).toBe(MANY);
      expect(emails).toEqual(emails.toSorted());
    });

    it('is read from the database only as the client takes it, and not on when the client has gone', async () => {
      // Watched, not replaced.
      const pages = jest.spyOn(users.app.get(UsersRepository), 'page');
      const token = await users.token();
      const call = request(`${users.url}/v1/connectors/${users.connectorId}/users/export?q=many`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const first = new Promise<void>((resolve, reject) => {
        call.once('error', reject);
        call.once('response', (response) => {
          response.once('data', () => {
            response.pause();
            resolve();
          });
          response.on('error', () => undefined);
        });
      });
      call.end();
      await first;
      const settled = async (): Promise<number> => {
        let before = -1;
        while (pages.mock.calls.length !== before) {
          before = pages.mock.calls.length;
          await new Promise((resolve) => setTimeout(resolve, 300));
        }
        return before;
      };
      const whileWaiting = await settled();
      // Of 25 MB the sockets take some; the rest is not read yet.
      expect(whileWaiting).toBeLessThan(MANY / 500);
      call.on('error', () => undefined);
      call.destroy();
      expect(await settled()).toBeLessThanOrEqual(whileWaiting + 1);
      expect((await get('?q=erika')).status).toBe(200);
    });

    it('ends without its last chunk when the database fails on the way', async () => {
      const repository = users.app.get(UsersRepository);
      const page = repository.page.bind(repository);
      let asked = 0;
      jest.spyOn(repository, 'page').mockImplementation((...args) => {
        asked += 1;
        return asked > 2 ? Promise.reject(new Error('the database is away')) : page(...args);
      });
      await expect(get('?q=many')).rejects.toThrow();
    });
  });

  describe('by the command line', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'export-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    const cli = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
      promisify(execFile)(
        process.execPath,
        [join(__dirname, '../../dist/src/cli.js'), 'users', 'export', '--connector', users.connectorId, ...args],
        {
          env: {
            PATH: process.env['PATH'],
            DATABASE_URL: users.databaseUrl,
            ENCRYPTION_KEYS: 'k:' + 'A'.repeat(43) + '=',
          },
          maxBuffer: 50_000_000,
        },
      );

    it('goes to a file that only its owner reads, or to standard output', async () => {
      const file = join(folder, 'users.csv');
      const { stdout } = await cli('--file', file, '--separator', 'semicolon', '--language', 'de');
      const { count } = (await users.get('/count')).body;
      expect(stdout).toBe(`Wrote ${count} users to ${file}.\n`);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const written = read(await readFile(file, 'utf8'), ';');
      expect(written).toHaveLength(count);
      expect(written[0]).toMatchObject({ 'E-Mail': 'erika@example.com' });
      expect(read((await cli()).stdout)).toHaveLength(count);
      expect((await audited()).at(-1)).toEqual({ actor_kind: 'admin', details: { count } });
      await expect(cli('--separator', 'pipe')).rejects.toMatchObject({ code: 2 });
      await expect(cli('--connector', randomUUID())).rejects.toMatchObject({ code: 1 });
    });
  });
});
