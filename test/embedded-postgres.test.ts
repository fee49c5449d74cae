import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import {
  startEmbeddedPostgres,
  joinOrStartEmbeddedPostgres,
} from '../src/platform/database/embedded/embedded-postgres';
import { copyWithoutLinks, project, runProgram } from './support/embedded-postgres-program';

const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), 'embedded-postgres-'));
const canMount = isRoot && tryMount();
const hasSetpriv = spawnSync('setpriv', ['--version']).status === 0;
const canBecomeUser = isRoot && hasSetpriv;

/** Some machines (containers without CAP_SYS_ADMIN) cannot make the small disk; then say so instead of passing silently. */
function tryMount(): boolean {
  const disk = join(folder, 'try');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0;
  if (mounted) execFileSync('umount', [disk]);
  return mounted;
}

function itWhere(possible: boolean, what: string) {
  if (!possible) console.warn(`SKIPPED, not possible here: ${what}`);
  return possible ? it : it.skip;
}

async function query<T>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

let dataDir: string;
let number = 0;
beforeAll(() => void execFileSync(process.execPath, [join(project, 'scripts', 'build.mjs')]));
beforeEach(() => {
  // Every test runs inside a folder that is closed to others, as a home folder is.
  mkdirSync(join(folder, String((number += 1))), { mode: 0o700 });
  dataDir = join(folder, String(number), 'data');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a start', () => {
  it('makes the cluster once, with UTF-8 and UTC, and keeps its rows over a restart', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    expect(first).toMatchObject({ owned: true, url: expect.stringContaining(`@127.0.0.1:${first.port}/connector`) });
    await query(first.url, `create table note as select 'Über' as text`);
    await first.stop();
    expect(existsSync(join(dataDir, 'postgres-owner.json'))).toBe(false);

    const began = Date.now();
    const second = await startEmbeddedPostgres({ dataDir });
    expect(Date.now() - began).toBeLessThan(3_000);
    const facts = `select lower(text) as text, getdatabaseencoding() as encoding, current_setting('timezone') as zone,
      current_setting('fsync') as fsync from note`;
    expect(await query(second.url, facts)).toEqual([{ text: 'über', encoding: 'UTF8', zone: 'UTC', fsync: 'on' }]);
    await second.stop();
  });

  it('lets nobody in without the password, which only its user can read', async () => {
    const server = await startEmbeddedPostgres({ dataDir });
    const wrong = Object.assign(new URL(server.url), { password: 'wrong' }).toString();
    await expect(query(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
    await server.stop();
  });

  it('redoes a first start that was killed half way', async () => {
    const program = runProgram(dataDir);
    await initdbHasBegun();
    await program.kill('SIGKILL');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    const server = await startEmbeddedPostgres({ dataDir });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres-password']);
  });

  it('can be given up', async () => {
    const change = new AbortController();
    const started = startEmbeddedPostgres({ dataDir, signal: change.signal });
    void initdbHasBegun().then(() => change.abort(new Error('changed my mind')));
    await expect(started).rejects.toThrow('changed my mind');
    expect(readdirSync(dataDir)).toEqual(['postgres-password']);
  });
});

/** From here on there is half a cluster. */
async function initdbHasBegun(): Promise<void> {
  while (!existsSync(dataDir) || !readdirSync(dataDir).some((name) => name.startsWith('postgres.new-'))) await sleep(5);
  await sleep(100);
}

describe('after kill -9 of node', () => {
  it('the next start works within 10 s and has the committed rows', async () => {
    const program = runProgram(dataDir);
    await query((await program.next()).url, 'create table kept as select generate_series(1, 1000) as n');
    await program.kill('SIGKILL');

    const began = Date.now();
    const server = await startEmbeddedPostgres({ dataDir });
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(await query(server.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
    await server.stop();
  });

  itWhere(process.platform === 'linux' && hasSetpriv, 'see the server go with its node process')(
    'the server goes by itself',
    async () => {
      const program = runProgram(dataDir);
      await program.next();
      await program.kill('SIGKILL');
      for (let i = 0; i < 100 && existsSync(join(dataDir, 'postgres', 'postmaster.pid')); i += 1) await sleep(50);
      expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    },
  );

  it('an orphan that survived is stopped, although somebody is connected to it', async () => {
    // As on macOS, where nothing ends the server with its node process.
    const without = join(folder, 'without-pdeathsig');
    mkdirSync(without);
    const script = '#!/bin/sh\nwhile [ "$1" != "--" ]; do shift; done\nshift\nexec "$@"\n';
    await writeFile(join(without, 'setpriv'), script, { mode: 0o755 });
    const program = runProgram(dataDir, { path: `${without}:${process.env['PATH']}` });
    const { url } = await program.next();
    await query(url, 'create table kept as select 7 as n');
    const guest = new Client({ connectionString: url });
    guest.on('error', () => undefined);
    await guest.connect();
    const orphan = postmasterPid();
    await program.kill('SIGKILL');
    await sleep(300);
    expect((await guest.query('select n from kept')).rows).toEqual([{ n: 7 }]);

    const server = await startEmbeddedPostgres({ dataDir });
    expect(postmasterPid()).not.toBe(orphan);
    expect(await query(server.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await guest.end();
    await server.stop();
  });

  it('a pid that another program got since blocks nothing', async () => {
    await (await startEmbeddedPostgres({ dataDir })).stop();
    const stranger = spawn('sleep', ['60']);
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${stranger.pid}\n${dataDir}/postgres\n1\n5432\n`);
    await writeFile(join(dataDir, 'postgres-owner.json'), `{"pid":${stranger.pid},"identity":"before"}`);
    const server = await startEmbeddedPostgres({ dataDir });
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    await server.stop();
    stranger.kill();
  });
});

const postmasterPid = () => Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

describe('beside a running program', () => {
  it('a second start refuses and names its pid; the command line joins and leaves it running', async () => {
    const program = runProgram(dataDir);
    const { url } = await program.next();
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
      name: 'EmbeddedPostgresError',
      code: 'already_running',
      message: expect.stringContaining(`process id ${program.pid}`),
    });
    const joined = await joinOrStartEmbeddedPostgres({ dataDir });
    expect(joined).toMatchObject({ owned: false, url });
    await joined.stop();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await program.stop();
  });

  it('of two first starts at once one works and the other says why not', async () => {
    const programs = [runProgram(dataDir), runProgram(dataDir)];
    const said = await Promise.all(programs.map((program) => program.next()));
    expect(said.map(({ state }) => state).sort()).toEqual(['refused', 'up']);
    const winner = programs[said.findIndex(({ state }) => state === 'up')];
    expect(said.find(({ state }) => state === 'refused')).toMatchObject({
      code: 'already_running',
      message: expect.stringContaining(`process id ${winner?.pid}`),
    });
    await winner?.stop();
  });

  it('of a start and two command lines at once all get the same server', async () => {
    const programs = (['join', 'join', 'join'] as const).map((how) => runProgram(dataDir, { how }));
    const said = await Promise.all(programs.map((program) => program.next()));
    expect(new Set(said.map(({ url }) => url)).size).toBe(1);
    expect(said.filter(({ owned }) => owned)).toHaveLength(1);
    await Promise.all(programs.map((program) => program.stop()));
  });

  it('Ctrl-C, which reaches the whole process group, leaves the server to the program until it is done', async () => {
    const program = runProgram(dataDir);
    await program.next();
    process.kill(-program.pid, 'SIGINT');
    expect(await program.next()).toMatchObject({ state: 'served' });
  });

  it('a server that dies is reported in the log', async () => {
    const log: string[] = [];
    const server = await startEmbeddedPostgres({ dataDir, onLog: (line) => log.push(line) });
    process.kill(postmasterPid(), 'SIGKILL');
    while (!log.some((line) => line.includes('ended by itself (SIGKILL)'))) await sleep(20);
    await server.stop();
    const next = await startEmbeddedPostgres({ dataDir });
    await next.stop();
  });
});

describe('users and machines', () => {
  itWhere(canBecomeUser, 'start as an ordinary user')(
    'an ordinary user in a folder of its own, from a package without library links; then root on the same data',
    async () => {
      const copy = join(folder, 'copy');
      const home = join(folder, String(number));
      copyWithoutLinks(copy);
      chmodSync(folder, 0o755);
      chownSync(home, 1000, 1000);
      const program = runProgram(dataDir, { from: copy, uid: 1000 });
      expect(await program.next()).toMatchObject({ state: 'up', owned: true });
      expect(statSync(join(dataDir, 'postgres')).uid).toBe(1000);
      await program.kill('SIGKILL');

      const asRoot = await startEmbeddedPostgres({ dataDir });
      await query(asRoot.url, 'create table made_by_root ()');
      await asRoot.stop();
      const again = runProgram(dataDir, { from: copy, uid: 1000 });
      expect(await again.next()).toMatchObject({ state: 'up' });
      await again.stop();
    },
  );

  itWhere(isRoot, 'start as root where user namespaces are refused')(
    'root without user namespaces runs the server as nobody, and takes over what it made with them',
    async () => {
      await (await startEmbeddedPostgres({ dataDir })).stop();
      const refusing = join(folder, 'refusing');
      mkdirSync(refusing);
      await writeFile(join(refusing, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
      const path = process.env['PATH'];
      process.env['PATH'] = `${refusing}:${path}`;
      try {
        const server = await startEmbeddedPostgres({ dataDir });
        expect(statSync(`/proc/${postmasterPid()}`).uid).toBe(65_534);
        await query(server.url, 'select 1');
        await server.stop();
      } finally {
        process.env['PATH'] = path;
      }
    },
  );
});

describe('what is broken is said in a sentence', () => {
  const failing = () =>
    startEmbeddedPostgres({ dataDir }).then(
      () => undefined,
      (error: unknown) => error,
    );

  it('a folder that is not a cluster', async () => {
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres', 'letter.txt'), 'x');
    expect(await failing()).toMatchObject({ name: 'EmbeddedPostgresError', code: 'not_a_cluster' });
    expect(readdirSync(join(dataDir, 'postgres'))).toEqual(['letter.txt']);
  });

  it('a data folder that is a file', async () => {
    await writeFile(dataDir, 'x');
    expect(await failing()).toMatchObject({ name: 'EmbeddedPostgresError', code: 'data_folder_invalid' });
  });

  it('a damaged cluster, and a lost password', async () => {
    await (await startEmbeddedPostgres({ dataDir })).stop();
    const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8');
    await writeFile(join(dataDir, 'postgres-password'), 'another\n');
    expect(await failing()).toMatchObject({ code: 'password_mismatch' });
    await writeFile(join(dataDir, 'postgres-password'), password);

    await truncate(join(dataDir, 'postgres', 'global', 'pg_filenode.map'), 0);
    expect(await failing()).toMatchObject({
      code: 'cluster_damaged',
      message: expect.stringMatching(/is damaged \(.*pg_filenode\.map.*\): restore the folder from a backup/),
    });
    await writeFile(join(dataDir, 'postgres', 'global', 'pg_control'), Buffer.alloc(8192, 1));
    expect(await failing()).toMatchObject({ code: 'cluster_damaged' });
    expect(existsSync(join(dataDir, 'postgres-owner.json'))).toBe(false);
  });

  itWhere(canMount, 'start on a full disk')('a full disk, at the first start and at a later one', async () => {
    const disk = join(folder, String(number));
    const mount = (size: string) =>
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', disk]);
    mount('20m');
    try {
      expect(await failing()).toMatchObject({ name: 'EmbeddedPostgresError', code: 'disk_full' });
      execFileSync('mount', ['-o', 'remount,size=120m', disk]);
      await (await startEmbeddedPostgres({ dataDir })).stop();
      spawnSync('dd', ['if=/dev/zero', `of=${disk}/fill`, 'bs=4k']);
      expect(await failing()).toMatchObject({ name: 'EmbeddedPostgresError', code: 'disk_full' });
      rmSync(join(disk, 'fill'));
      await (await startEmbeddedPostgres({ dataDir })).stop();
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});
