import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimOwnership } from './ownership';
import { processIdentity } from './process-identity';

describe('claimOwnership', () => {
  let dataDir: string;
  const file = () => join(dataDir, 'postgres-owner.json');
  beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'ownership-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('gives the folder to one of many and leaves nothing else behind', async () => {
    const claims = await Promise.all(Array.from({ length: 16 }, () => claimOwnership(dataDir)));
    expect(claims.filter(({ held }) => held)).toHaveLength(1);
    expect(await readdir(dataDir)).toEqual(['postgres-owner.json']);
  });

  it('names the living owner', async () => {
    await claimOwnership(dataDir);
    expect(await claimOwnership(dataDir)).toMatchObject({ held: false, owner: { pid: process.pid } });
  });

  it('can be had again after the release, and a late second release takes nothing away', async () => {
    const first = await claimOwnership(dataDir);
    if (first.held) await first.release();
    expect(await readdir(dataDir)).toEqual([]);
    const second = await claimOwnership(dataDir);
    if (first.held) await first.release();
    expect(second).toMatchObject({ held: true, previous: undefined });
    expect(await readdir(dataDir)).toEqual(['postgres-owner.json']);
  });

  it('takes over from a dead owner and tells of it', async () => {
    const dead = { pid: 4_194_999, identity: 'x' };
    await writeFile(file(), JSON.stringify(dead));
    expect(await claimOwnership(dataDir)).toMatchObject({ held: true, previous: dead });
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('lets one of many take over', async () => {
    for (let round = 0; round < 20; round += 1) {
      await writeFile(file(), JSON.stringify({ pid: 4_194_999, identity: 'x' }));
      const claims = await Promise.all(Array.from({ length: 16 }, () => claimOwnership(dataDir)));
      expect(claims.filter(({ held }) => held)).toHaveLength(1);
      expect(await readdir(dataDir)).toEqual(['postgres-owner.json']);
    }
  });

  it('is not held up by one that died while it took over', async () => {
    const dead = JSON.stringify({ pid: 4_194_999, identity: 'x' });
    await Promise.all([writeFile(file(), dead), writeFile(`${file()}.takeover`, dead)]);
    expect(await claimOwnership(dataDir)).toMatchObject({ held: true });
    expect(await readdir(dataDir)).toEqual(['postgres-owner.json']);
  });

  it('is not fooled by another process that got the pid', async () => {
    const reused = { pid: process.ppid, identity: 'started another time' };
    await writeFile(file(), JSON.stringify(reused));
    expect(await claimOwnership(dataDir)).toMatchObject({ held: true, previous: reused });
  });

  it('respects another living process', async () => {
    const owner = { pid: process.ppid, identity: await processIdentity(process.ppid) };
    await writeFile(file(), JSON.stringify(owner));
    expect(await claimOwnership(dataDir)).toEqual({ held: false, owner });
  });

  it('takes over a file that nobody can read', async () => {
    await writeFile(file(), '{"pid":');
    expect(await claimOwnership(dataDir)).toMatchObject({ held: true, previous: undefined });
  });
});
