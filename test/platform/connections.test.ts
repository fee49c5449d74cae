import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Module, Res } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import pino from 'pino';
import { keepWhileWorking } from '../../src/platform/http/keep-while-working';
import { createHttpApp } from '../../src/platform/http/server';

let answer: () => void = () => undefined;

@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<string> {
    await new Promise<void>((resolve) => (answer = resolve));
    return 'answered';
  }

  @Get('long')
  async long(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    keepWhileWorking(reply);
    await sleep(2 * IDLE_MS);
    return BIG;
  }
}

const BIG = 'x'.repeat(32 * 1024 * 1024);

/** What the slow reader takes at a time. */
const STEP = 256 * 1024;

/** Longer than a busy machine stands still: client and server share this thread. */
const IDLE_MS = 2_500;

@Controller()
class BigController {
  @Get('big')
  big(): string {
    return BIG;
  }
}

@Module({ controllers: [SlowController, BigController] })
class TestModule {}

async function listen(idleMs?: number): Promise<{ app: NestFastifyApplication; url: URL }> {
  const app = await createHttpApp(TestModule, {
    logger: pino({ level: 'silent' }),
    pathPrefix: '',
    ...(idleMs === undefined ? {} : { idleMs }),
  });
  await app.listen(0, '127.0.0.1');
  return { app, url: new URL(await app.getUrl()) };
}

/** Somebody who asks, and takes nothing of the answer. */
async function askDeafly(url: URL, path: string): Promise<Socket> {
  const socket = connect(Number(url.port), url.hostname);
  await once(socket, 'connect');
  // It may be told that the connection is gone also before anybody waits for that.
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
  return socket;
}

/** Characters that are still there to be read until the connection ends. */
async function heardBy(socket: Socket): Promise<number> {
  let heard = 0;
  socket.on('data', (chunk) => (heard += chunk.length));
  socket.resume();
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

describe('connections', () => {
  it('at a shutdown: answers what was asked, and does not wait for connections on which nothing was', async () => {
    const { app, url } = await listen();
    const silent = connect(Number(url.port), url.hostname);
    await once(silent, 'connect');
    const before = answer;
    const asked = fetch(new URL('/slow', url)).then((response) => response.text());
    while (answer === before) await sleep(5);
    const hasEnded = once(silent, 'close');
    const closed = app.close();
    await hasEnded;
    answer();
    expect(await asked).toBe('answered');
    await closed;
    // Without it the connection of the answer is kept open for 72 seconds.
  }, 30_000);

  it('lets go of a client that asks and does not read, and of nobody who reads slowly', async () => {
    const { app, url } = await listen(IDLE_MS);
    const slow = await askDeafly(url, '/big');
    let taken = 0;
    slow.on('data', (chunk) => {
      const step = Math.floor(taken / STEP);
      taken += chunk.length;
      if (Math.floor(taken / STEP) > step) slow.pause();
    });
    const reads = setInterval(() => slow.resume(), 100);
    const deaf = await askDeafly(url, '/big');
    await sleep(3 * IDLE_MS);
    // What it has received until then is still there to read; then comes the end, long before the answer's.
    expect(await heardBy(deaf)).toBeLessThan(BIG.length);
    const before = taken;
    while (taken === before && !slow.destroyed) await sleep(20);
    expect(slow.destroyed).toBe(false);
    expect(taken).toBeLessThan(BIG.length);
    clearInterval(reads);
    slow.destroy();
    await app.close();
  }, 30_000);

  it('waits for an answer that says so, but not for a client that does not take it', async () => {
    const { app, url } = await listen(IDLE_MS);
    expect(await fetch(new URL('/long', url)).then((response) => response.text())).toBe(BIG);
    const deaf = await askDeafly(url, '/long');
    await sleep(5 * IDLE_MS);
    expect(await heardBy(deaf)).toBeLessThan(BIG.length);
    await app.close();
  }, 60_000);
});
