import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { everyRow, SlowUpload, upload, usersNow, waitsForLock, type ImportAnswer } from './import-support';
import { registered, UsersApp } from './users-app';

const MIB = 1024 * 1024;

describe('an import of users', () => {
  let users: UsersApp;
  const connections: Socket[] = [];
  const send = (
    file: RequestInit['body'],
    query = '',
    headers: Record<string, string> = {},
    to = users,
  ): Promise<ImportAnswer> => upload(to, file, query, headers);
  const membership = (value: string): Promise<unknown> =>
    users.database.query('update connectors set membership = $1', [value]);
  const linesOf = (count: number, prefix = 'user'): string =>
    Array.from({ length: count }, (_, n) => `${prefix}.${n}@example.com\n`).join('');

  const server = (): Server => {
    const fastify: FastifyInstance = users.app.getHttpAdapter().getInstance();
    return fastify.server;
  };
  const isBusy = async (): Promise<boolean> => (await send('email\n', '?dryRun=true')).status === 409;
  const untilFree = async (): Promise<void> => {
    while (await isBusy());
  };

  beforeAll(async () => {
    users = await UsersApp.start();
    server().on('connection', (socket) => connections.push(socket));
  });
  afterAll(() => users.stop());
  beforeEach(async () => {
    await users.database.query('delete from integrated_users; delete from user_changes');
    await users.database.query(
      `update connectors set membership = 'chosen', next_full_sync_at = now() + interval '6 hours'`,
    );
  });

  it('adds the users of a file once, however often it is sent', async () => {
    const file = 'E-Mail;Abteilung\r\n Erika@Example.com ;"a; b"\r\nmax@example.com;\r\n';
    const { status, body } = await send(file);
    expect([status, body]).toEqual([
      200,
      {
        dryRun: false,
        applied: true,
        at: expect.any(String),
        membership: 'chosen',
        usable: true,
        lines: 2,
        added: 2,
        pinned: 0,
        alreadyThere: 0,
        removed: 0,
        released: 0,
        notThere: 0,
        duplicates: 0,
        invalid: 0,
        problems: [],
        problemsCut: false,
        encoding: 'utf-8',
        separator: 'semicolon',
        ignoredColumns: ['Abteilung'],
      },
    ]);
    const present = [
      ['erika@example.com', 'chosen', 'pending'],
      ['max@example.com', 'chosen', 'pending'],
    ];
    expect(await usersNow(users)).toEqual(present);
    expect((await send(file)).body).toMatchObject({ applied: true, added: 0, alreadyThere: 2 });
    expect(await usersNow(users)).toEqual(present);
    expect((await users.database.query('select from user_changes')).rowCount).toBe(2);
  });

  describe('with users of every kind', () => {
    const file =
      'email,action\nnew@example.com,\nback@example.com,\nsynced@example.com,\nchosen@example.com,\nleaver@example.com,remove\nnobody@example.com,remove\nother@example.com,remove\n';
    let leaver: string;
    beforeEach(async () => {
      await users.addUser({ email: 'back@example.com', credential: 'none', status: 'removed' });
      await users.addUser({ email: 'synced@example.com' });
      await users.addUser({ email: 'other@example.com' });
      await users.addUser({ email: 'chosen@example.com' });
      leaver = await users.addUser({ email: 'leaver@example.com' });
      await users.report('leaver@example.com', 'd1', registered());
      await users.database.query(
        `update integrated_users set membership = 'chosen' where email in ('chosen@example.com', 'leaver@example.com')`,
      );
    });
    const common = { added: 2, pinned: 1, alreadyThere: 1, notThere: 2, lines: 7, invalid: 0 };

    it('says what would change, and changes not one row', async () => {
      const before = await everyRow(users);
      const { body } = await send(file, '?dryRun=true');
      expect(body).toMatchObject({ dryRun: true, applied: false, at: null, ...common, removed: 1, released: 0 });
      expect(await everyRow(users)).toEqual(before);
    });

    it('does it: rows, credentials, devices, the feed, the history, the audit, the next sync', async () => {
      const { body } = await send(file);
      expect(body).toMatchObject({ applied: true, ...common, removed: 1, released: 0 });
      expect(await usersNow(users)).toEqual([
        ['back@example.com', 'chosen', 'pending'],
        ['chosen@example.com', 'chosen', 'inactive'],
        ['leaver@example.com', 'automatic', 'removed'],
        ['new@example.com', 'chosen', 'pending'],
        ['other@example.com', 'automatic', 'inactive'],
        ['synced@example.com', 'chosen', 'inactive'],
      ]);
      for (const table of ['sip_credentials', 'registrations'])
        expect((await users.database.query(`select from ${table} where user_id = $1`, [leaver])).rowCount).toBe(0);
      const { rows: changes } = await users.database.query(
        `select u.email, c.kinds from user_changes c join integrated_users u using (user_id) order by email`,
      );
      expect(changes).toEqual([
        { email: 'back@example.com', kinds: 1 },
        { email: 'leaver@example.com', kinds: 2 },
        { email: 'new@example.com', kinds: 1 },
      ]);
      expect((await users.get('/leaver%40example.com/status-history')).body.items).toMatchObject([
        { status: 'removed' },
        { status: 'registered' },
      ]);
      const { rows: dates } = await users.database.query<{ email: string }>(
        `select email from integrated_users where $1 in (chosen_at, removed_at) order by email`,
        [body.at],
      );
      expect(dates.map(({ email }) => email)).toEqual([
        'back@example.com',
        'leaver@example.com',
        'new@example.com',
        'synced@example.com',
      ]);
      const { rows: events } = await users.database.query(
        `select actor_kind, details from audit_events where action = 'users.imported' order by event_id desc limit 1`,
      );
      expect(events).toEqual([
        {
          actor_kind: 'client',
          details: {
            at: body.at,
            sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
            lines: 7,
            skipped: 0,
            added: 2,
            pinned: 1,
            alreadyThere: 1,
            removed: 1,
            released: 0,
          },
        },
      ]);
      expect((await users.database.query('select from connectors where next_full_sync_at is null')).rowCount).toBe(1);
    });

    it('only pins and releases where syncs bring the users', async () => {
      await membership('automatic');
      const { body } = await send(file);
      expect(body).toMatchObject({ membership: 'automatic', ...common, removed: 0, released: 1 });
      expect(await usersNow(users)).toContainEqual(['leaver@example.com', 'automatic', 'registered']);
    });

    it('changes nothing the second time', async () => {
      await send(file);
      expect((await send(file)).body).toMatchObject({ added: 0, pinned: 0, removed: 0, alreadyThere: 4, notThere: 3 });
    });
  });

  it('applies nothing with a bad line, the good ones when told to, and of a file that cannot be read nothing', async () => {
    const file = 'email\ngood@example.com\nbad\n';
    const before = await everyRow(users);
    expect((await send(file)).body).toMatchObject({ applied: false, added: 1, invalid: 1 });
    expect((await send(`${file}"open\n`, '?skipInvalid=true')).body).toMatchObject({ applied: false, usable: false });
    expect(await everyRow(users)).toEqual(before);
    expect((await send(file, '?skipInvalid=true')).body).toMatchObject({ applied: true, added: 1, invalid: 1 });
    expect((await usersNow(users)).map(([email]) => email)).toEqual(['good@example.com']);
  });

  it('says what is wrong in English and German', async () => {
    const file = 'Name;E-Mail\nErika;erika\nMax\n';
    const problem = { line: 2, column: 'E-Mail', code: 'email_form', severity: 'error', value: 'erika' };
    const count = { line: 3, column: null, code: 'field_count', severity: 'error', value: '1' };
    expect((await send(file)).body.problems).toMatchObject([
      { ...problem, rule: 'This is not an email address.' },
      { ...count, rule: expect.stringContaining('as many fields') },
    ]);
    const german = await send(file, '', { 'accept-language': 'de' });
    expect([german.headers.get('content-language'), german.body.problems]).toMatchObject([
      'de',
      [
        { ...problem, rule: 'Das ist keine E-Mail-Adresse.' },
        { ...count, rule: expect.stringContaining('so viele Felder') },
      ],
    ]);
  });

  it('takes no body, an empty one and a workbook for what they are', async () => {
    for (const [file, code] of [
      [undefined, 'empty_file'],
      ['', 'empty_file'],
      [Buffer.from('PK\u0003\u0004…'), 'spreadsheet'],
      [Buffer.from([0, 1, 2, 3, 4]), 'binary'],
    ] as const)
      expect((await send(file)).body).toMatchObject({ usable: false, invalid: 1, problems: [{ line: 1, code }] });
  });

  it('gives the problems as a file without formulas, all of them', async () => {
    const { headers, text } = await send(`email\n=cmd|x\n${'x\n'.repeat(2_000)}`, '', { accept: 'text/csv' });
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('attachment');
    const lines = text.split('\r\n');
    expect(lines.slice(0, 3)).toEqual([
      '\uFEFFline,column,severity,rule,value',
      "2,email,error,This is not an email address.,'=cmd|x",
      '3,email,error,This is not an email address.,x',
    ]);
    expect(lines).toHaveLength(2_003);
    // Where semicolons are usual, a spreadsheet begins a cell behind one.
    const inner = await send('email\n"x;=cmd|y"\n', '', { accept: 'text/csv' });
    expect(inner.text).toContain("x;'=cmd|y");
    expect((await send(`email\n${'x\n'.repeat(1_001)}`)).body).toMatchObject({ invalid: 1_001, problemsCut: true });
  });

  it('tells how far it is, and last what it came to', async () => {
    const accept = { accept: 'application/x-ndjson' };
    const { headers, text } = await send(`email\n${linesOf(30_000)}`, '?dryRun=true', accept);
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, Record<string, number>>);
    expect(lines.at(-1)).toMatchObject({ result: { added: 30_000, dryRun: true } });
    const progress = lines.slice(0, -1).map((line) => line['progress']);
    expect(progress.length).toBeGreaterThan(15);
    expect(progress.at(0)).toMatchObject({ users: 0 });
    expect(progress.at(-1)).toMatchObject({ lines: 30_000, users: 30_000 });
  });

  it('refuses more than 64 MB, however it comes', async () => {
    const blank = `${' '.repeat(16_383)}\n`;
    const flood = (): ReadableStream =>
      Readable.toWeb(
        Readable.from(
          (function* () {
            yield Buffer.from('email\n');
            for (let sent = 0; sent < 65; sent += 1) yield Buffer.alloc(MIB, blank);
          })(),
        ),
      ) as ReadableStream;
    const told = await send(Buffer.alloc(65 * MIB, blank));
    const tooLarge = [413, 'payload_too_large', 'The body may have at most 64 MiB.'];
    expect([told.status, told.body.code, told.body.detail]).toEqual(tooLarge);
    const streamed = await send(flood());
    expect([streamed.status, streamed.body.code, streamed.body.detail]).toEqual(tooLarge);
    const { status, text } = await send(flood(), '', { accept: 'application/x-ndjson' });
    expect([status, JSON.parse(text.trim().split('\n').at(-1) ?? '')]).toMatchObject([
      200,
      { problem: { status: 413, code: 'payload_too_large' } },
    ]);
  }, 180_000);

  it('takes files by their usual types, and no other', async () => {
    const types = ['application/octet-stream', 'application/vnd.ms-excel', 'TEXT/CSV; charset=utf-8'];
    for (const type of types)
      expect((await send('email\na@b.de', '?dryRun=true', { 'content-type': type })).status).toBe(200);
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'nonsense'])
      expect((await send('email\na@b.de', '', { 'content-type': type })).status).toBe(415);
  });

  it('lets one file at a time be imported', async () => {
    const first = await SlowUpload.start(users, 'email\nslow@example.com\n');
    const second = await send('email\nother@example.com\n');
    expect([second.status, second.body.code]).toEqual([409, 'conflict']);
    expect(await first.finish('last@example.com')).toMatchObject({ result: { applied: true, added: 2 } });
    expect((await send('email\nother@example.com\n')).status).toBe(200);
  });

  it('throws away a file that it refused, so that its sender hears why and the connection goes on', async () => {
    const first = await SlowUpload.start(users, 'email\nslow@example.com\n');
    // More than what lies between two sockets, on one connection.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async (method: string, path: string, body?: Buffer): Promise<[number | undefined, string]> => {
      const headers = { authorization: `Bearer ${await users.token()}`, 'content-type': 'text/csv' };
      const sent = request(`${users.url}/v1/connectors/${users.connectorId}${path}`, { method, headers, agent });
      sent.end(body);
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      let text = '';
      for await (const chunk of answer) text += String(chunk);
      return [answer.statusCode, text];
    };
    const [status, text] = await ask('POST', '/users/import', Buffer.alloc(16 * 1024 * 1024, 'email\n'));
    expect([status, JSON.parse(text)]).toEqual([409, expect.objectContaining({ code: 'conflict' })]);
    expect((await ask('GET', '/users/count'))[0]).toBe(200);
    agent.destroy();
    expect(await first.finish('last@example.com')).toMatchObject({ result: { applied: true } });
  });

  it('does not count the time of a file that comes slowly, but that of any other request', async () => {
    const overdue = (): void => {
      const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      for (const socket of connections) server().emit('clientError', error, socket);
    };
    const file = await SlowUpload.start(users, 'email\n');
    overdue();
    expect(await file.finish('slow@example.com')).toMatchObject({ result: { applied: true, added: 1 } });
    const other = request(`${users.url}/oauth2/token`, { method: 'POST', agent: false });
    const answer = once(other, 'response') as Promise<[IncomingMessage]>;
    const arrived = once(server(), 'request');
    other.write('grant_type=');
    await arrived;
    overdue();
    expect((await answer)[0].statusCode).toBe(400);
    other.destroy();
  });

  it('forgets a file that breaks off', async () => {
    const before = await everyRow(users);
    const broken = await SlowUpload.start(users, `email\n${linesOf(1_000)}`);
    broken.breakOff();
    await untilFree();
    expect(await everyRow(users)).toEqual(before);
    expect(users.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  describe('when all is written and nothing committed', () => {
    const file = `email\n${linesOf(5_000)}`;

    /** Holds the last row that an import needs, for as long as `work` runs. */
    const stopped = (work: (pid: number) => Promise<void>, start: () => void): Promise<void> =>
      users.database.transaction(async (transaction) => {
        await transaction.query('insert into change_feeds (connector_id) values ($1) on conflict do nothing', [
          users.connectorId,
        ]);
        await transaction.query('select from change_feeds where connector_id = $1 for update', [users.connectorId]);
        start();
        await work(await waitsForLock(users));
      });

    it('leaves nothing behind when the process is killed', async () => {
      const before = (await everyRow(users)).filter((row) => !row.startsWith('change_feeds'));
      let answer: Promise<ImportAnswer> | undefined;
      await stopped(
        async (pid) => {
          await users.database.query('select pg_terminate_backend($1)', [pid]);
          expect((await answer)?.status).toBe(503);
        },
        () => {
          answer = send(file);
        },
      );
      expect((await everyRow(users)).filter((row) => !row.startsWith('change_feeds'))).toEqual(before);
      expect((await send(file)).body).toMatchObject({ applied: true, added: 5_000 });
    });

    it('leaves nothing behind when the caller goes', async () => {
      const sending = await SlowUpload.start(users, file);
      const connection = connections.find((one) => one.remotePort === sending.port);
      if (connection === undefined) throw new Error('the server does not know this connection');
      await stopped(
        async () => {
          const closed = once(connection, 'close');
          sending.breakOff();
          await closed;
        },
        () => void sending.finish().catch(() => undefined),
      );
      await untilFree();
      expect(await usersNow(users)).toEqual([]);
    });
  });

  it('meets a sync that adds the same user meanwhile', async () => {
    let answer: Promise<ImportAnswer> | undefined;
    await users.database.transaction(async (transaction) => {
      await transaction.query(
        `insert into integrated_users (connector_id, user_id, email) values ($1, gen_random_uuid(), 'same@example.com')`,
        [users.connectorId],
      );
      answer = send('email\nsame@example.com\nnew@example.com\n');
      await waitsForLock(users);
    });
    expect((await answer)?.body).toMatchObject({ applied: true, added: 1, pinned: 1 });
    expect(await usersNow(users)).toEqual([
      ['new@example.com', 'chosen', 'pending'],
      ['same@example.com', 'chosen', 'pending'],
    ]);
  });

  it('is one after the other in two processes', async () => {
    const other = await UsersApp.start({}, users);
    try {
      const file = `email\n${linesOf(3_000)}`;
      const answers = await Promise.all([send(file), send(file, '', {}, other)]);
      const bodies = answers.map(({ body }) => body);
      expect(bodies.map((body) => body.added).sort()).toEqual([0, 3_000]);
      expect(bodies.map((body) => body.alreadyThere).sort()).toEqual([0, 3_000]);
    } finally {
      await other.app.close();
    }
  });

  it('adds 100 000 users, takes half of them out, and knows them all the next time', async () => {
    // The users of a moment ago have been counted, these are not: the time in which 100 000 come.
    await users.database.query('analyze');
    const file = `email\n${linesOf(100_000)}`;
    expect((await send(file)).body).toMatchObject({ applied: true, lines: 100_000, added: 100_000 });
    // The next import finds them by index only when PostgreSQL knows how many they are.
    const counted = await users.database.query<{ n: number }>(
      `select reltuples::int as n from pg_class where oid = 'integrated_users'::regclass`,
    );
    expect(counted.rows[0]?.n).toBeGreaterThan(50_000);
    const halves = Array.from({ length: 100_000 }, (_, n) => `user.${n}@example.com,${n % 2 === 0 ? 'remove' : ''}\n`);
    const { body } = await send(`email,action\n${halves.join('')}`);
    expect(body).toMatchObject({ applied: true, removed: 50_000, alreadyThere: 50_000 });
    expect((await send(file, '?dryRun=true')).body).toMatchObject({ added: 50_000, alreadyThere: 50_000 });
    const { rows } = await users.database.query(
      `select status, count(*)::int from integrated_users group by status order by status`,
    );
    expect(rows).toEqual([
      { status: 'pending', count: 50_000 },
      { status: 'removed', count: 50_000 },
    ]);
  }, 180_000);

  it('refuses a connector that was disconnected', async () => {
    await users.database.query(`update connectors set state = 'disconnected'`);
    const { status, body } = await send('email\na@b.de\n');
    await users.database.query(`update connectors set state = 'active'`);
    expect([status, body.code]).toEqual([409, 'connector_not_active']);
  });

  it('adds one user, and takes one out by the id of Zoom', async () => {
    await membership('automatic');
    const base = `${users.url}/v1/connectors/${users.connectorId}/users`;
    const call = async (method: string, path: string, body?: object): Promise<[number, unknown]> => {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await users.token()}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return [response.status, text === '' ? undefined : JSON.parse(text)];
    };
    await users.addUser({ email: 'synced@example.com', zoomUserId: 'zoom_7' });
    expect(await call('POST', '', { email: 'New@example.com' })).toMatchObject([201, { email: 'new@example.com' }]);
    expect(await call('POST', '', { email: 'new@example.com' })).toMatchObject([200, { membership: 'chosen' }]);
    expect(await call('POST', '', { email: 'synced@example.com' })).toMatchObject([200, { membership: 'chosen' }]);
    expect(await call('DELETE', '/zoom_7')).toEqual([204, undefined]);
    expect(await call('DELETE', '/zoom_7')).toMatchObject([404, { code: 'not_found' }]);
    expect(await call('DELETE', '/zoom_8')).toMatchObject([404, { code: 'not_found' }]);
    expect(await usersNow(users)).toContainEqual(['synced@example.com', 'automatic', 'inactive']);
  });
});
