import { createHash, createHmac, randomUUID } from 'node:crypto';
import { Database } from '../../src/platform/database/database';
import { PurgeDeliveries } from '../../src/platform/webhooks/purge-deliveries';
import { startProgram, until, type Program } from '../support/program';
import {
  appDeauthorized,
  deliver,
  deliveryRows,
  outcomeOf,
  post,
  SECRET,
  signZoom,
  userEvent,
  waitingJobs,
} from './webhook-support';

/** Zoom's public sample, with letters beyond ASCII. */
const SAMPLE =
  '{"event":"user.deactivated","event_ts":1626230691572,"payload":{"account_id":"AAAAAABBBB","operator":"admin@example.com","operator_id":"z8yCxjabcdEFGHfp8uQ","object":{"id":"abcD3ojfdbjfg","first_name":"Jürgen","last_name":"Groß","email":"juergen@example.com","type":2}}}';
const SAMPLE_TIMESTAMP = '1739923528';
const SAMPLE_SIGNATURE = 'v0=d727a88e04181c5e9825f7e001bd5a09cf3a238103dafccfc082348c10d6a92b';
const STRANGER = 'nobodysZoomAccount0001';

/** The address that Zoom delivers to, over HTTP on the whole program. */
describe('POST /webhooks/zoom', () => {
  let program: Program;

  beforeAll(async () => {
    program = await startProgram({ users: 10, env: { ZOOM_WEBHOOK_SECRETS: `an-older-secret,${SECRET}` } });
  });
  afterAll(() => program.stop());
  afterEach(async () => {
    await until('the jobs to be done', async () => ((await waitingJobs(program)) === 0 ? true : undefined));
    await program.database.query('delete from webhook_deliveries');
  });

  const now = (): number => Math.floor(program.clock.now().getTime() / 1000);
  const event = (): string => userEvent('user.updated', randomUUID().slice(0, 22), STRANGER);
  const validation = (plainToken: unknown): string =>
    JSON.stringify({ payload: { plainToken }, event_ts: 1654503849680, event: 'endpoint.url_validation' });

  describe('who it is from', () => {
    it.each([
      ['a forged signature', { signature: `v0=${'0'.repeat(64)}` }],
      ['a secret that is not ours', { secret: 'guessed' }],
      ['no signature', { signature: null }],
      ['an empty signature', { signature: '' }],
      ['a short signature', { signature: 'v0=abc' }],
      ['a signature of another form', { signature: `v1=${'0'.repeat(64)}` }],
      ['a timestamp that is no number', { timestamp: 'yesterday' }],
      ['a negative timestamp', { timestamp: '-1' }],
    ])('refuses %s', async (_what, changes) => {
      const answer = await deliver(program, { body: event(), ...changes });
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'signature_invalid', status: 401 });
      expect(await deliveryRows(program)).toEqual([]);
    });

    it.each([SECRET, 'an-older-secret'])('accepts the secret %s', async (secret) => {
      expect((await deliver(program, { body: event(), secret })).status).toBe(200);
      expect(await deliveryRows(program)).toHaveLength(1);
    });

    it('refuses the same JSON written with other bytes', async () => {
      const body =
        '{ "event": "user.updated", "payload": {"account_id":"A","object":{"id":"x","last_name":"Gro\\u00df"}} }';
      const timestamp = String(now());
      const signature = signZoom(body, timestamp);
      const rewritten = JSON.stringify(JSON.parse(body));
      expect((await deliver(program, { body: rewritten, timestamp, signature })).status).toBe(401);
      expect((await deliver(program, { body, timestamp, signature })).status).toBe(200);
    });

    it.each([
      [90 * 60, 200],
      [99 * 60, 200],
      [102 * 60, 401],
      [-90 * 60, 200],
      [-102 * 60, 401],
      [30 * 86_400, 401],
    ])('a timestamp %d s ago is answered with %d', async (age, status) => {
      expect((await deliver(program, { body: event(), timestamp: String(now() - age) })).status).toBe(status);
    });

    it('knows the published sample, bytes and signature', async () => {
      const back = Number(SAMPLE_TIMESTAMP) * 1000 - program.clock.now().getTime();
      program.clock.advance(back);
      try {
        const sent = {
          body: SAMPLE,
          timestamp: SAMPLE_TIMESTAMP,
          signature: SAMPLE_SIGNATURE,
          requestId: 'sample-request',
        };
        expect((await deliver(program, sent)).status).toBe(200);
        expect(await outcomeOf(program, 'sample-request')).toBe('ignored');
      } finally {
        program.clock.advance(-back);
      }
      expect(await deliveryRows(program)).toMatchObject([
        {
          provider: 'zoom',
          dedupe_key: 'sample-request',
          event: 'user.deactivated',
          account_id: 'AAAAAABBBB',
          subject_id: 'abcD3ojfdbjfg',
          occurred_at: new Date(1626230691572),
        },
      ]);
    });
  });

  describe('url validation', () => {
    it('answers as Zoom expects, with the secret that signed', async () => {
      const answer = await deliver(program, { body: validation('qgg8vlvZRS6UYooatFL8Aw') });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(JSON.parse(answer.text)).toEqual({
        plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
        encryptedToken: '303d596c41398000067ebaef31f940ff99945195fe501fc03a7549f882aa6c08',
      });
      const older = await deliver(program, { body: validation('abc'), secret: 'an-older-secret' });
      const expected = createHmac('sha256', 'an-older-secret').update('abc').digest('hex');
      expect(JSON.parse(older.text)).toMatchObject({ encryptedToken: expected });
    });

    it('is not answered to who has not signed', async () => {
      const answer = await deliver(program, { body: validation('abc'), signature: null });
      expect(answer.status).toBe(401);
      expect(answer.text).not.toContain('encryptedToken');
    });

    it.each([`v0:1739923528:{"event":"user.deleted"}`, 'a'.repeat(129), '', 5, null])(
      'does not sign %p',
      async (token) => {
        const answer = await deliver(program, { body: validation(token) });
        expect([answer.status, answer.text.includes('encryptedToken')]).toEqual([400, false]);
      },
    );
  });

  describe('what it says', () => {
    it('stores ids and nothing else, neither in the table nor in the log', async () => {
      const body = userEvent('user.created', 'idOfSomebody0000000001', STRANGER);
      await deliver(program, { body, requestId: 'only-ids-here' });
      await outcomeOf(program, 'only-ids-here');
      const { rows } = await program.database.query('select * from webhook_deliveries');
      const jobs = await program.database.query('select * from graphile_worker._private_job_queues');
      const everything = `${JSON.stringify([rows, jobs.rows])}${program.log()}`;
      expect(everything).toContain('idOfSomebody0000000001');
      expect(['Jürgen', 'Groß', 'juergen', 'admin@example.com'].filter((word) => everything.includes(word))).toEqual(
        [],
      );
    });

    it('does nothing when the same delivery comes again', async () => {
      const body = event();
      const requestId = '6009d653_d487_445d_8406_42b654974899';
      for (let i = 0; i < 3; i += 1) expect((await deliver(program, { body, requestId })).status).toBe(200);
      expect(await deliveryRows(program)).toMatchObject([{ dedupe_key: requestId }]);
      await outcomeOf(program, requestId);
      await until('the job', async () => ((await waitingJobs(program)) === 0 ? true : undefined));
      await deliver(program, { body, requestId });
      expect(await waitingJobs(program)).toBe(0);
    });

    it.each([null, 'x', 'with spaces in it', '\u00fcml\u00e4ut-in-it'])(
      'tells deliveries with the id %p apart by their bytes',
      async (requestId) => {
        const body = event();
        for (const sent of [body, body, event()]) await deliver(program, { body: sent, requestId });
        const keys = (await deliveryRows(program)).map((row) => row.dedupe_key);
        expect(keys).toHaveLength(2);
        expect(keys).toContain(`sha256:${createHash('sha256').update(body).digest('hex')}`);
      },
    );

    it('reads app_deauthorized, whose time lies inside', async () => {
      const body = appDeauthorized('theInstaller0000000001', program.config.zoom.clientId, STRANGER);
      await deliver(program, { body });
      expect(await deliveryRows(program)).toMatchObject([
        {
          event: 'app_deauthorized',
          subject_id: 'theInstaller0000000001',
          occurred_at: new Date('2024-09-08T15:58:40Z'),
        },
      ]);
    });

    it('ignores the removal of another app, and events that it does not follow', async () => {
      const bodies = [
        appDeauthorized('theInstaller0000000001', 'another-client', STRANGER),
        userEvent('user.presence_status_updated', 'somebody', STRANGER),
        `{"event":"phone.generic_device_provision","payload":{"account_id":"A","object":{"provision":{"sip_accounts":[{"password":"hunter2"}]}}}}`,
      ];
      for (const body of bodies) expect((await deliver(program, { body })).status).toBe(200);
      expect(await deliveryRows(program)).toEqual([]);
      expect(program.log()).not.toContain('hunter2');
    });

    it.each([
      ['no JSON', '{"event":'],
      ['nothing', ''],
      ['a list', '[1]'],
      ['half a million brackets', '['.repeat(500_000)],
      ['U+0000', '{"event":"user.deleted\\u0000"}'],
      ['bytes that are no UTF-8', Buffer.from([0xff, 0x00, 0xfe])],
    ])('answers 200 to %s when Zoom has signed it, and 401 when not', async (_what, body) => {
      expect((await deliver(program, { body })).status).toBe(200);
      expect((await deliver(program, { body, signature: null })).status).toBe(401);
      expect(await deliveryRows(program)).toEqual([]);
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'not a type at all'])(
      'looks at the signature before the content type %s',
      async (contentType) => {
        expect((await deliver(program, { body: event(), contentType })).status).toBe(200);
        expect((await deliver(program, { body: event(), contentType, signature: null })).status).toBe(401);
      },
    );

    it('takes 1 MiB and no more', async () => {
      const body = (length: number): Buffer => Buffer.alloc(length, ' ');
      expect((await deliver(program, { body: body(1024 * 1024) })).status).toBe(200);
      expect((await deliver(program, { body: body(1024 * 1024 + 1) })).status).toBe(413);
    });
  });

  describe('when it cannot be stored', () => {
    const expectLater = (answer: Awaited<ReturnType<typeof deliver>>): void => {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.ms).toBeLessThan(3_000);
    };

    it('asks to come again', async () => {
      await program.database.query('alter table webhook_deliveries rename to elsewhere');
      try {
        expectLater(await deliver(program, { body: event() }));
      } finally {
        await program.database.query('alter table elsewhere rename to webhook_deliveries');
      }
    });

    it('asks to come again in time when the database hangs, and takes it then', async () => {
      const body = event();
      const sent = { body, requestId: 'while-it-hangs' };
      const holder = new Database(program.databaseUrl, { max: 1 });
      await holder.transaction(async (transaction) => {
        await transaction.query('lock table webhook_deliveries in access exclusive mode');
        expectLater(await deliver(program, sent));
      });
      await holder.close();
      expect((await deliver(program, sent)).status).toBe(200);
      expect(await outcomeOf(program, 'while-it-hangs')).toBe('ignored');
    });

    it('stores no delivery without its job', async () => {
      await program.database.query('alter schema graphile_worker rename to elsewhere');
      try {
        expectLater(await deliver(program, { body: event() }));
      } finally {
        await program.database.query('alter schema elsewhere rename to graphile_worker');
      }
      expect(await deliveryRows(program)).toEqual([]);
    });
  });

  it('forgets after a week and not before', async () => {
    await program.database.query(
      `insert into webhook_deliveries (provider, dedupe_key, event, received_at)
       select 'zoom', 'days-' || d, 'user.updated', now() - make_interval(days => d) from generate_series(0, 9) d`,
    );
    await program.app.get(PurgeDeliveries).purge();
    const left = (await deliveryRows(program)).map((row) => row.dedupe_key).sort();
    expect(left).toEqual(['days-0', 'days-1', 'days-2', 'days-3', 'days-4', 'days-5', 'days-6']);
  });

  it('changes nothing for other routes', async () => {
    const type = { 'content-type': 'application/vnd.zoom-cloudlink-connector.raw' };
    const answer = await post(`${program.url}/v1/connectors/${randomUUID()}/sync`, 'x', type);
    expect(answer.status).toBe(415);
    expect((await fetch(`${program.url}/webhooks/zoom`)).status).toBe(404);
  });
});

describe('POST /webhooks/zoom below a path prefix', () => {
  it.each(['/gateway', ''])('is found whether the proxy passes the prefix on or cuts it off (%p)', async (prefix) => {
    const program = await startProgram({
      users: 10,
      env: { ZOOM_WEBHOOK_SECRETS: SECRET, PUBLIC_URL: 'http://127.0.0.1:9/gateway' },
    });
    try {
      const url = `http://127.0.0.1:${program.config.port}${prefix}/webhooks/zoom`;
      expect((await deliver(program, { url, body: userEvent('user.updated', 'x', STRANGER) })).status).toBe(200);
      expect(await deliveryRows(program)).toHaveLength(1);
    } finally {
      await program.stop();
    }
  });
});
