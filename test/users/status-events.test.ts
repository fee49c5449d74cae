import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClients } from '../../src/access/api-clients.service';
import { CLIENT_STATUS_SECONDS } from '../../src/access/client-status';
import { StatusEvents } from '../../src/users/transitions/status-events';
import { failed, registered, UsersApp } from './users-app';

interface Heard {
  id: number;
  name: string;
  data: { email: string; status: string; previous: string; sip: { code: number } | null };
}

/** A listener as a program writes one; a browser's EventSource cannot send the Authorization header. */
class Listener {
  readonly heard: Heard[] = [];
  /** What a browser would send as Last-Event-ID. */
  place: string | undefined;
  readonly over: Promise<void>;
  private readonly abort = new AbortController();

  private constructor(readonly response: Response) {
    this.over = this.read().catch(() => undefined);
  }

  static async open(users: UsersApp, options: { after?: number | string; token?: string } = {}): Promise<Listener> {
    const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}/status-events`, {
      headers: {
        authorization: `Bearer ${options.token ?? (await users.token())}`,
        ...(options.after === undefined ? {} : { 'last-event-id': String(options.after) }),
      },
    });
    return new Listener(response);
  }

  async until(done: (heard: Heard[]) => boolean): Promise<Heard[]> {
    for (let i = 0; i < 500; i += 1) {
      if (done(this.heard)) return this.heard;
      await sleep(20);
    }
    throw new Error(`heard only ${JSON.stringify(this.heard.slice(-3))} (${this.heard.length})`);
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.over;
  }

  private async read(): Promise<void> {
    const { body } = this.response;
    if (body === null || this.response.status !== 200) return;
    const stopped = new Promise<never>((_, reject) =>
      this.abort.signal.addEventListener('abort', () => reject(new Error('closed'))),
    );
    stopped.catch(() => undefined);
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    try {
      for (;;) {
        const { done, value } = await Promise.race([reader.read(), stopped]);
        if (done) return;
        text += value;
        const events = text.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) this.take(event);
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  private take(event: string): void {
    const fields = new Map(event.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]));
    this.place = fields.get('id') ?? this.place;
    const name = fields.get('event');
    if (name === undefined) return;
    this.heard.push({
      id: Number(fields.get('id')),
      name,
      data: JSON.parse(fields.get('data') ?? '{}') as Heard['data'],
    });
  }
}

describe('the stream of status changes', () => {
  let users: UsersApp;
  let other: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
    other = await UsersApp.start({}, users);
  });
  afterAll(async () => {
    await other.stop();
    await users.stop();
  });

  it('misses nothing when the line is lost before the first event', async () => {
    await users.addUser({ email: 'early@example.com' });
    const first = await Listener.open(users);
    await first.until(() => first.place !== undefined);
    await first.close();
    await users.report('early@example.com', 'd1', registered());
    const second = await Listener.open(users, { after: first.place ?? '' });
    const [heard] = await second.until(({ length }) => length >= 1);
    expect(heard).toMatchObject({ name: 'status', data: { email: 'early@example.com', status: 'registered' } });
    await second.close();
  });

  it('tells what happens, in this process and in others', async () => {
    await users.addUser({ email: 'heard@example.com', zoomUserId: 'ZoomHeard' });
    const listener = await Listener.open(users);
    expect(listener.response.headers.get('content-type')).toBe('text/event-stream');
    expect(listener.response.headers.get('cache-control')).toBe('no-store');
    expect(listener.response.headers.get('x-request-id')).toBeTruthy();
    expect(listener.response.headers.get('connection')).toBe('close');
    await users.report('heard@example.com', 'd1', registered());
    await other.report('heard@example.com', 'd1', failed(403));
    await other.report('heard@example.com', 'd1', failed(403));
    const heard = await listener.until(({ length }) => length >= 2);
    expect(heard.map(({ name, data }) => ({ name, ...data }))).toMatchObject([
      {
        name: 'status',
        userId: 'ZoomHeard',
        email: 'heard@example.com',
        previous: 'inactive',
        status: 'registered',
        sip: null,
      },
      {
        name: 'status',
        previous: 'registered',
        status: 'sip_error',
        sip: { code: 403, platform: 'desktop', check: expect.any(String) },
      },
    ]);
    await listener.close();
  });

  it('goes on after the last event that a listener had, each once and in order, however many write', async () => {
    const emails = Array.from({ length: 120 }, (_, n) => `storm${n}@example.com`);
    for (const email of emails) await users.addUser({ email });
    const [here, there] = [await Listener.open(users), await Listener.open(other)];
    const storm = Promise.all(
      emails.flatMap((email, n) => [
        (n % 2 === 0 ? users : other).report(email, 'd1', registered()),
        (n % 3 === 0 ? users : other).report(email, 'm1', failed(500, 'registrar', 'mobile')),
      ]),
    );
    // One that comes and goes all the time: whatever it was told, it comes back behind that.
    const pieces: Heard[] = [];
    let after: number | undefined;
    let isStormy = true;
    void storm.then(() => (isStormy = false));
    while (isStormy) {
      const listener = await Listener.open(users, after === undefined ? { after: 0 } : { after });
      await sleep(15);
      await listener.close();
      pieces.push(...listener.heard);
      after = pieces.at(-1)?.id ?? 0;
    }
    await storm;
    const last = await Listener.open(users, { after: after ?? 0 });
    const { rows } = await users.database.query<{ position: string }>(
      'select position from status_transitions where connector_id = $1 order by position',
      [users.connectorId],
    );
    const all = rows.map(({ position }) => Number(position));
    const end = all.at(-1) ?? 0;
    await last.until((heard) => heard.at(-1)?.id === end || after === end);
    pieces.push(...last.heard);
    await here.until((heard) => heard.at(-1)?.id === end);
    await there.until((heard) => heard.at(-1)?.id === end);
    expect(pieces.map(({ id }) => id)).toEqual(all);
    for (const listener of [here, there]) {
      const ids = listener.heard.map(({ id }) => id);
      expect(ids).toEqual(all.slice(all.indexOf(ids[0] ?? -1)));
      expect(ids.length).toBeGreaterThanOrEqual(120);
    }
    await Promise.all([here, there, last].map((listener) => listener.close()));
  });

  it('says so when it does not know the place, and refuses what is none', async () => {
    const lost = await Listener.open(users, { after: 999_999_999 });
    expect(await lost.until(({ length }) => length > 0)).toMatchObject([{ name: 'reset' }]);
    const { id } = lost.heard[0] ?? { id: -1 };
    await lost.close();
    const back = await Listener.open(users, { after: id });
    await users.addUser({ email: 'reset@example.com' });
    await users.report('reset@example.com', 'd1', registered());
    expect(await back.until(({ length }) => length > 0)).toMatchObject([
      { name: 'status', data: { email: 'reset@example.com' } },
    ]);
    await back.close();
    expect((await Listener.open(users, { after: 'x1' })).response.status).toBe(400);
    expect((await Listener.open(users, { token: await users.token(['registrations:write']) })).response.status).toBe(
      403,
    );
  });

  it('ends when the client is revoked', async () => {
    const clients = users.app.get(ApiClients);
    const client = await clients.create(users.connectorId, ['status:read']);
    const answer = await fetch(`${users.url}/oauth2/token`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`,
      },
      body: 'grant_type=client_credentials&scope=status:read',
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const listener = await Listener.open(users, { token });
    const stays = await Listener.open(users);
    await users.app.get(StatusEvents).beat();
    await clients.revoke(client.clientId);
    users.clock.advance(CLIENT_STATUS_SECONDS);
    await users.app.get(StatusEvents).beat();
    await listener.over;
    await users.addUser({ email: 'stays@example.com' });
    await users.report('stays@example.com', 'd1', registered());
    await stays.until(({ length }) => length > 0);
    await stays.close();
  });

  it('lets go of a listener that does not read, and of nobody else', async () => {
    // As autovacuum does now and then: what PostgreSQL knows of the feed must not decide how long a storm takes.
    await users.database.query('analyze');
    await users.database.query(
      `insert into integrated_users (connector_id, user_id, email, credential_state, status, zoom_status)
       select $1, gen_random_uuid(), 'deaf' || n || '@example.com', 'ready', 'inactive', 'active' from generate_series(1, 5000) n`,
      [users.connectorId],
    );
    // By themselves they come all 15 s: on a slow machine between two of this test's.
    const events = users.app.get(StatusEvents);
    clearInterval(events['beating']);
    const deaf = await openDeaf(users);
    const slow = await openDeaf(users);
    const listener = await Listener.open(users);
    for (let round = 1; round <= 8; round += 1) {
      await users.database.query(
        `update integrated_users set status = $2, status_since = now() where connector_id = $1 and email like 'deaf%'`,
        [users.connectorId, round % 2 === 1 ? 'registered' : 'inactive'],
      );
      await listener.until(({ length }) => length >= 5000 * round);
    }
    const ids = listener.heard.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    // One beat finds both full; the slow one reads on before the second and is told the rest, to the last event.
    await events.beat();
    let text = '';
    slow.setEncoding('utf8').on('data', (chunk: string) => (text = (text + chunk).slice(-400_000)));
    slow.resume();
    for (let i = 0; i < 400 && !text.includes(`id: ${ids.at(-1)}\n`); i += 1) await sleep(25);
    expect(text).toContain(`id: ${ids.at(-1)}\n`);
    await events.beat();
    const isGone = new Promise((resolve) => deaf.once('close', resolve));
    deaf.resume();
    await isGone;
    expect(slow.destroyed).toBe(false);
    slow.destroy();
    await listener.close();
  });

  it('ends when the program stops', async () => {
    const third = await UsersApp.start({}, users);
    const listener = await Listener.open(third);
    await third.stop();
    await listener.over;
  });
});

/** Asks, and never reads the answer. */
async function openDeaf(users: UsersApp): Promise<Socket> {
  const { hostname, port } = new URL(users.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.pause();
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(
    `GET /v1/connectors/${users.connectorId}/status-events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${await users.token()}\r\n\r\n`,
  );
  await sleep(300);
  return socket;
}
