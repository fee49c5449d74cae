import { createSocket, type Socket } from 'node:dgram';
import type { WrittenRequest } from '../message/write-request';
import { DatagramWire } from './datagram-wire';
import type { Exchange } from './sip-wire';

const REQUEST: WrittenRequest = { method: 'OPTIONS', branch: 'z9hG4bKours', sequence: 7, text: 'OPTIONS' };
const answer = (status: string, branch = REQUEST.branch): string =>
  `SIP/2.0 ${status}\r\nVia: SIP/2.0/UDP h;branch=${branch}\r\nCSeq: 7 OPTIONS\r\nContent-Length: 0\r\n\r\n`;

/** Two real sockets on this machine. */
describe('an exchange by datagrams', () => {
  let server: Socket;
  let wire: DatagramWire;
  let heard: number;
  let say: (turn: number) => (string | Buffer)[];

  beforeEach(async () => {
    heard = 0;
    say = () => [];
    server = createSocket('udp4');
    server.on('message', (_, { port, address }) => {
      for (const words of say((heard += 1))) server.send(words, port, address);
    });
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    const client = createSocket('udp4');
    await new Promise<void>((resolve) => client.connect(server.address().port, '127.0.0.1', resolve));
    wire = new DatagramWire(client);
  });
  afterEach(() => {
    wire.close();
    server.close();
  });

  const exchange = (timeoutMs = 5_000): Promise<Exchange> =>
    wire.exchange(REQUEST, { timeoutMs, signal: new AbortController().signal });

  it('finds its answer among rubbish and what is said to others', async () => {
    say = () => [
      'HTTP/1.1 200 OK\r\n\r\n',
      Buffer.from([0, 1, 2, 255]),
      '\r\n\r\n',
      answer('404 Not Found', 'z9hG4bKother'),
      answer('100 Trying'),
      answer('200 OK'),
    ];
    expect(await exchange()).toMatchObject({ kind: 'answer', response: { code: 200 } });
  });

  it('is asked again when nothing comes', async () => {
    say = (turn) => (turn < 2 ? [] : [answer('200 OK')]);
    expect(await exchange()).toMatchObject({ kind: 'answer' });
    expect(heard).toBe(2);
  });

  it('ends in silence', async () => {
    expect(await exchange(50)).toEqual({ kind: 'silent' });
  });

  it('ends when it is closed in the middle, and sends nothing more', async () => {
    const ended = exchange();
    wire.close();
    expect(await ended).toEqual({ kind: 'closed', code: null });
    // The first repetition would have come after half a second, and thrown.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(heard).toBeLessThanOrEqual(1);
    expect(await exchange()).toEqual({ kind: 'closed', code: null });
    wire.close();
  });
});
