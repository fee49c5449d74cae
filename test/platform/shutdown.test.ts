import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import pino from 'pino';
import { createHttpApp } from '../../src/platform/http/server';

let answer: () => void = () => undefined;

@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<string> {
    await new Promise<void>((resolve) => (answer = resolve));
    return 'answered';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

describe('the end of the HTTP server', () => {
  it('answers what was asked, and does not wait for connections on which nothing was', async () => {
    const app = await createHttpApp(SlowModule, { logger: pino({ level: 'silent' }), pathPrefix: '' });
    await app.listen(0, '127.0.0.1');
    const url = new URL(await app.getUrl());
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
});
