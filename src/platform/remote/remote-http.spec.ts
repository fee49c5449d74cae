import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { HttpService } from '@nestjs/axios';
import pino from 'pino';
import { SystemClock } from '../clock/clock';
import { NoLimits } from './call-limits';
import { RemoteHttp, type RemoteRequest } from './remote-http';

/** A real server that plays a list of answers. */
describe('RemoteHttp', () => {
  let server: Server;
  let url: string;
  let answers: ((request: IncomingMessage, response: ServerResponse) => void)[];
  let seen: number;
  const client = (timeoutMs: number): RemoteHttp =>
    new RemoteHttp(new HttpService(), new SystemClock(), pino({ level: 'silent' }), {
      timeoutMs,
      defaultWaitMs: 10,
      jitterMs: () => 0,
    });
  const http = client(500);
  /** Where an answer takes this thread's time. */
  const patient = client(20_000);

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = answers[Math.min(seen, answers.length - 1)];
      seen += 1;
      answer?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    seen = 0;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const json =
    (status: number, body: unknown, headers: Record<string, string> = {}) =>
    (_: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
  const send = (given: Partial<RemoteRequest> = {}, by = http): ReturnType<RemoteHttp['send']> =>
    by.send({
      provider: 'zoom',
      account: undefined,
      rateClass: 'light',
      name: 'test',
      method: 'GET',
      url,
      signal: new AbortController().signal,
      repeatable: true,
      ...given,
    });

  it('hands any understandable answer to the caller, errors too', async () => {
    answers = [json(404, { code: 1001 })];
    expect(await send()).toMatchObject({ status: 404, body: { code: 1001 } });
    expect(seen).toBe(1);
  });

  it('asks again after 5xx, HTML and truncated JSON, and gives up in the end', async () => {
    answers = [
      json(500, {}),
      (_, response): void => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      (_, response): void => void response.end('{"a":'),
      json(200, { ok: true }),
    ];
    expect(await send()).toMatchObject({ status: 200, body: { ok: true } });
    seen = 0;
    answers = [json(503, {})];
    await expect(send()).rejects.toMatchObject({ code: 'provider_unavailable', retryable: true });
    expect(seen).toBe(4);
  });

  it('sends what must not be repeated only once, except after 429', async () => {
    answers = [json(500, {})];
    await expect(send({ repeatable: false })).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(seen).toBe(1);
    seen = 0;
    answers = [json(429, {}, { 'retry-after': '0' }), json(200, { ok: true })];
    expect(await send({ repeatable: false })).toMatchObject({ status: 200 });
  });

  it('does not wait for hours: it says when to come back', async () => {
    answers = [json(429, {}, { 'retry-after': '7200' })];
    await expect(send()).rejects.toMatchObject({ code: 'provider_unavailable', retryAfterSeconds: 7200 });
    expect(seen).toBe(1);
  });

  it('keeps an answer that it cannot tell others about', async () => {
    const broken = new (class extends NoLimits {
      override async tell(): Promise<void> {
        throw new Error('the database is away');
      }
    })();
    answers = [json(200, { refresh_token: 'rotated' })];
    const client = new RemoteHttp(new HttpService(), new SystemClock(), pino({ level: 'silent' }), {}, broken);
    const request = {
      provider: 'zoom',
      account: undefined,
      rateClass: 'token',
      name: 'test',
      method: 'GET',
      url,
    } as const;
    const answer = await client.send({ ...request, signal: new AbortController().signal, repeatable: false });
    expect(answer.body).toEqual({ refresh_token: 'rotated' });
  });

  it('follows no redirect, because the token would go with it', async () => {
    answers = [json(302, {}, { location: 'http://127.0.0.1:1/elsewhere' })];
    expect(await send({ headers: { authorization: 'Bearer x' } })).toMatchObject({ status: 302 });
    expect(seen).toBe(1);
  });

  it('hands over what tells the caller something, once repeating has not helped', async () => {
    answers = [json(422, { name: 'x' })];
    expect(await send({ tellingStatuses: new Set([422]) })).toMatchObject({ status: 422, body: { name: 'x' } });
    expect(seen).toBe(4);
    await expect(send({ tellingStatuses: new Set([501]) })).rejects.toMatchObject({ code: 'provider_unavailable' });
  });

  it('ends at its time limit, and at the caller’s', async () => {
    answers = [(): void => undefined];
    await expect(send({ repeatable: false })).rejects.toMatchObject({ code: 'provider_unavailable' });
    await expect(send({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'provider_unavailable' });
  });

  it('ends at once when the caller aborts, with the caller’s reason, also while it waits', async () => {
    const reason = new Error('shutting down');
    const controller = new AbortController();
    answers = [json(429, {}, { 'retry-after': '20' })];
    const waiting = send({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(waiting).rejects.toBe(reason);
  });

  const users = Array.from({ length: 3_000 }, (_, n) => ({ id: n, name: `Jürgen ${n}`.padEnd(60, '😀') }));

  it('reads long lists, packed ones too', async () => {
    answers = [
      json(200, { users, next: 'x' }),
      (_, response): void => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify({ users, next: 'x' })));
      },
    ];
    expect((await send({}, patient)).body).toEqual({ users, next: 'x' });
    expect((await send({}, patient)).body).toEqual({ users, next: 'x' });
    expect(seen).toBe(2);
  });

  it('asks again when a list breaks off, with the connection or without', async () => {
    const half = JSON.stringify({ users }).slice(0, 200_000);
    answers = [
      (_, response): void => void response.write(half, () => response.destroy()),
      (_, response): void => void response.end(half),
      json(200, { users }),
    ];
    expect((await send({}, patient)).body).toEqual({ users });
    expect(seen).toBe(3);
  });

  it('ends at its time limit, and at the caller’s, in the middle of an answer', async () => {
    answers = [(_, response): void => void response.write('{"a":')];
    await expect(send({ repeatable: false })).rejects.toMatchObject({ code: 'provider_unavailable' });
    await expect(send({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'provider_unavailable' });
    const reason = new Error('shutting down');
    const controller = new AbortController();
    const waiting = send({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(waiting).rejects.toBe(reason);
  });

  it('takes no answer above its limit', async () => {
    answers = [
      (_, response): void => {
        response.on('error', () => undefined);
        response.end(Buffer.alloc(33 * 1024 * 1024, ' '));
      },
    ];
    await expect(send({}, patient)).rejects.toMatchObject({
      code: 'provider_answer_invalid',
      message: 'Zoom sent an answer that is too long.',
    });
    // It would be as long again.
    expect(seen).toBe(1);
  });

  it('shows neither token nor body when the connection fails', async () => {
    const failure = send({
      url: 'http://127.0.0.1:1/',
      repeatable: false,
      headers: { authorization: 'Bearer secret-value' },
    });
    const error = await failure.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'provider_unavailable', message: 'Zoom cannot be reached (ECONNREFUSED).' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-value');
  });
});
