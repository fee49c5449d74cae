import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port';
import { until } from '../support/program';

/** `npm start` as a stranger starts it: sandbox mode, embedded database, a process of its own. */
describe('the start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connector-start-'));
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  interface Started {
    child: ChildProcess;
    output(): string;
    ended: Promise<number | null>;
    says(text: string): Promise<true>;
  }

  async function start(dataDir: string, env: Record<string, string> = {}): Promise<Started> {
    const child = spawn(process.execPath, ['dist/src/main.js'], {
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: dataDir,
        PORT: String(await freePort()),
        SANDBOX_PORT: String(await freePort()),
        SANDBOX_USERS: '30',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const says = (wanted: string): Promise<true> =>
      until(`"${wanted}"`, async () => {
        if (child.exitCode !== null && !text.includes(wanted))
          throw new Error(`it ended without saying "${wanted}": ${text}`);
        return text.includes(wanted) ? true : undefined;
      });
    return { child, output: () => text, ended, says };
  }

  const postmaster = (dataDir: string): number =>
    Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const lives = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  it('shows a synced connector and a curl line that works; survives kill -9; stops at Ctrl-C', async () => {
    const dataDir = join(folder, 'story');
    const first = await start(dataDir);
    await first.says('"synced"');
    await first.says('curl -s -H');
    const curl = /^curl .*$/m.exec(first.output())?.[0] ?? '';
    const pasted = spawn('bash', ['-c', curl], { stdio: ['ignore', 'pipe', 'inherit'] });
    let answer = '';
    pasted.stdout.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    await new Promise((resolve) => pasted.once('close', resolve));
    expect((JSON.parse(answer) as { items: unknown[] }).items.length).toBeGreaterThan(0);

    first.child.kill('SIGKILL');
    await first.ended;
    const second = await start(dataDir);
    await second.says('"demo connector is ready');
    // What the emulators issued before is still good: nobody has to walk the consent again.
    expect(second.output()).not.toContain('"walkthrough"');
    const database = postmaster(dataDir);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
    expect(lives(database)).toBe(false);
    expect(second.output()).not.toMatch(/\n\s+at /);
  });

  it('can be stopped while it starts, and starts the next time', async () => {
    const dataDir = join(folder, 'early');
    const early = await start(dataDir);
    await early.says('SANDBOX MODE');
    early.child.kill('SIGINT');
    expect(await early.ended).toBe(0);
    expect(early.output()).not.toMatch(/\n\s+at /);
    const next = await start(dataDir);
    await next.says('"ready"');
    next.child.kill('SIGTERM');
    expect(await next.ended).toBe(0);
  });

  it('ends with a sentence when its database ends under it', async () => {
    const dataDir = join(folder, 'lost');
    const program = await start(dataDir);
    await program.says('"demo connector is ready');
    process.kill(postmaster(dataDir), 'SIGKILL');
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain('the embedded PostgreSQL has ended unexpectedly');
  });

  it.each([
    ['DATA_DIR is a file', (): Record<string, string> => ({}), 'DATA_DIR'],
    [
      'a secret without the id that belongs to it',
      (): Record<string, string> => ({ ZOOM_CLIENT_SECRET: 'x' }),
      'ZOOM_CLIENT_ID',
    ],
  ])('explains in a sentence: %s', async (name, env, variable) => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const program = await start(name === 'DATA_DIR is a file' ? file : join(folder, 'other'), env());
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain(variable);
    expect(program.output()).not.toMatch(/\n\s+at /);
  });

  it.each(['PORT', 'SANDBOX_PORT'])(
    'explains in a sentence that %s is taken, and leaves no database behind',
    async (variable) => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const dataDir = join(folder, 'ports');
      try {
        const program = await start(dataDir, { [variable]: String(port) });
        expect(await program.ended).toBe(1);
        expect(program.output()).toContain(`${port}`);
        expect(program.output()).toContain(variable);
        expect(program.output()).not.toMatch(/\n\s+at /);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  );

  it('goes on when its own demonstration cannot work', async () => {
    const program = await start(join(folder, 'demo'), { PUBLIC_URL: 'https://nowhere.invalid/prefix' });
    await program.says('the demonstration did not work');
    expect(program.child.exitCode).toBeNull();
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(0);
  });
});
