import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port';
import { until } from '../support/program';

const run = promisify(execFile);
const root = join(__dirname, '..', '..');

interface Story {
  steps: { what: string; state: string; activeAdmin: string | null }[];
  reads: { answered: number; failed: number };
}

/** The story of the README, as a stranger plays it: `npm start` in one terminal, the command in another. */
describe('sandbox owner-leaves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connector-story-'));
  let child: ChildProcess;
  let env: NodeJS.ProcessEnv;
  let output = '';

  beforeAll(async () => {
    env = {
      PATH: process.env['PATH'],
      DATA_DIR: join(folder, 'data'),
      PORT: String(await freePort()),
      SANDBOX_PORT: String(await freePort()),
      SANDBOX_USERS: '40',
    };
    child = spawn(process.execPath, ['dist/src/main.js'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('the demo to be ready', async () => {
      if (child.exitCode !== null) throw new Error(`it ended: ${output}`);
      return output.includes('demo connector is ready') ? true : undefined;
    });
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const play = async (): Promise<Story> => {
    const { stdout } = await run(process.execPath, ['dist/src/cli.js', 'sandbox', 'owner-leaves', '--json'], {
      cwd: root,
      env,
    });
    return JSON.parse(stdout) as Story;
  };

  it('lets the standby take over, then the link of the alert bring the connector back; twice in a row', async () => {
    const first = await play();
    const states = ['active', 'active', 'active', 'active', 'reauthorization_required', 'active', 'active'];
    expect(first.steps.map(({ state }) => state)).toEqual(states);
    const admins = first.steps.map(({ activeAdmin }) => activeAdmin);
    expect(admins.slice(0, 2)).toEqual([admins[0], admins[0]]);
    expect(new Set([admins[0], admins[2], admins[5]]).size).toBe(3);
    expect(admins[4]).toBeNull();
    expect(first.reads.failed).toBe(0);
    expect(first.reads.answered).toBeGreaterThan(5);
    const second = await play();
    expect(second.steps.map(({ state }) => state)).toEqual(states);
    expect(second.steps[0]?.activeAdmin).toBe(admins[6]);
    expect(second.reads.failed).toBe(0);
  });

  it('says ERROR once per time that nobody was left, with the link, and nothing else at that level', () => {
    const errors = output.split('\n').filter((line) => line.includes('"level":"error"'));
    expect(errors).toHaveLength(2);
    for (const line of errors)
      expect(line).toMatch(
        /"alert":"connector.reauthorization_required".*"reason":"user_left".*\/oauth\/zoom\/start\?connector=/,
      );
  });
});
