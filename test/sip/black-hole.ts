import { spawn, type ChildProcess } from 'node:child_process';
import { connect, type Socket } from 'node:net';

/** Listens, says where, and is then stopped by its parent. */
const LISTENER = `const server = require('node:net').createServer().listen({ host: process.argv[1], port: 0, backlog: 1 },
  () => console.log(server.address().port))`;

/**
 * A port that swallows what is sent to it, as a firewall does: the process behind it is stopped and its queue is full, so
 * Linux drops every further attempt to connect.
 */
export class BlackHole {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly queued: Socket[],
  ) {}

  static async dig(address: string): Promise<BlackHole> {
    const child = spawn(process.execPath, ['-e', LISTENER, address], { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = await new Promise<number>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
    );
    child.kill('SIGSTOP');
    const queued = Array.from({ length: 4 }, () => connect({ host: address, port }).on('error', () => undefined));
    await new Promise((resolve) => setTimeout(resolve, 100));
    return new BlackHole(port, child, queued);
  }

  fill(): void {
    for (const socket of this.queued) socket.destroy();
    this.child.kill('SIGKILL');
  }
}
