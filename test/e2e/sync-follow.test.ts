import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { endedRun, startProgram, type Program } from '../support/program';

const ROOT = join(__dirname, '..', '..');
const KEY = randomBytes(32).toString('base64');
const USERS = 2_500;
const PAGE_MS = 1_200;

interface Ended {
  exitCode: number | null;
  out: string;
  err: string;
}

/** `sync --follow` beside a program that really syncs. */
describe('a sync that is followed on the command line', () => {
  let program: Program;
  let connectorId: string;

  beforeAll(async () => {
    program = await startProgram({ users: USERS, env: { ENCRYPTION_KEYS: KEY } });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    // Slow pages, so that there is something to see.
    program.sandbox.control.setFault({ kind: 'cloudlink.psi', fault: 'slow', ms: PAGE_MS });
  });
  afterAll(() => program.stop());

  function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: ROOT,
        env: {
          PATH: process.env['PATH'],
          TERM: 'xterm',
          DATABASE_URL: program.databaseUrl,
          ENCRYPTION_KEYS: KEY,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.once('error', reject);
      child.once('close', (exitCode) => resolve({ exitCode, out, err }));
    });
  }
  const args = (...more: string[]): string[] => [
    'dist/src/cli.js',
    'sync',
    '--connector',
    connectorId,
    '--follow',
    ...more,
  ];

  it('tells plain lines where there is no terminal, and the answer alone on standard output', async () => {
    const { exitCode, out, err } = await run(process.execPath, args());
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^run [0-9a-f-]{36} \(full\)\nsucceeded: read \d+, .*\n$/);
    const lines = err.trim().split('\n');
    expect(
      lines.filter((line) => !/^(waiting for a worker|Zoom users: .*|CloudLink users: .*|looking .*|done)$/.test(line)),
    ).toEqual([]);
    expect(err).toMatch(/^CloudLink users: \d+ %, \d+ of \d+/m);
    expect(err).not.toMatch(/[\r\u001b[\]]/);
  });

  it('prints one document and nothing else with --json', async () => {
    const { exitCode, out, err } = await run(process.execPath, args('--json'));
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    const document = JSON.parse(out) as Record<string, unknown>;
    expect(document).toMatchObject({ connectorId, state: 'succeeded' });
    expect(document).not.toHaveProperty('progress');
  });

  const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') === true;
  if (!hasScript) console.warn('NOT TESTED: the progress bar, because `script` of util-linux is not installed');
  const onTerminal = (env?: Record<string, string>): Promise<Ended> =>
    run('script', ['--quiet', '--return', '--command', [process.execPath, ...args()].join(' '), '/dev/null'], env);

  (hasScript ? it : it.skip)('draws one line with a bar on a terminal, and takes it away in the end', async () => {
    const { exitCode, out } = await onTerminal();
    expect(exitCode).toBe(0);
    const drawn = out.split('\r').filter((text) => text.endsWith('\u001b[K'));
    expect(drawn.length).toBeGreaterThan(3);
    expect(drawn.some((text) => /^CloudLink users {2}\[#*-*\] {2}\d+ % {2}\d+ of \d+/.test(text))).toBe(true);
    expect(drawn.some((text) => /\/s {2}\d+ s left/.test(text))).toBe(true);
    expect(drawn.filter((text) => text.includes('\n'))).toEqual([]);
    expect(out).toMatch(/\r\u001b\[Krun [0-9a-f-]{36} \(full\)\r\nsucceeded: read/);
  });

  (hasScript ? it : it.skip)('tells plain lines on a terminal whose owner wants no moving things', async () => {
    const { exitCode, out } = await onTerminal({ NO_COLOR: '1' });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^CloudLink users: \d+ %/m);
    expect(out).not.toContain('\u001b[K');
  });
});
