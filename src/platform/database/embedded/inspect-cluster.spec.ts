import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectCluster, majorVersion } from './inspect-cluster';

describe('inspectCluster', () => {
  let dataDir: string;
  const put = (name: string, text: string) => writeFile(join(dataDir, 'postgres', name), text);
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'inspect-'));
    await mkdir(join(dataDir, 'postgres', 'global'), { recursive: true });
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('sees no cluster in an empty or missing folder', async () => {
    await rm(join(dataDir, 'postgres', 'global'), { recursive: true });
    expect(await inspectCluster(dataDir)).toBe('absent');
    await rm(join(dataDir, 'postgres'), { recursive: true });
    expect(await inspectCluster(dataDir)).toBe('absent');
  });

  it('accepts a whole cluster and closes it to others, as PostgreSQL demands', async () => {
    await put('PG_VERSION', `${majorVersion}\n`);
    await put('global/pg_control', 'x');
    expect(await inspectCluster(dataDir)).toBe('present');
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
  });

  it('refuses files that are no cluster', async () => {
    await expect(inspectCluster(dataDir)).rejects.toMatchObject({ code: 'not_a_cluster' });
    await rm(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres'), 'x');
    await expect(inspectCluster(dataDir)).rejects.toMatchObject({ code: 'not_a_cluster' });
  });

  it('refuses another major version and names both', async () => {
    await put('PG_VERSION', '15\n');
    await expect(inspectCluster(dataDir)).rejects.toMatchObject({
      code: 'wrong_version',
      message: expect.stringContaining(`version 15, this program brings ${majorVersion}`),
    });
  });

  it('refuses a cluster without its control file', async () => {
    await put('PG_VERSION', `${majorVersion}\n`);
    await expect(inspectCluster(dataDir)).rejects.toMatchObject({ code: 'cluster_damaged' });
    await put('global/pg_control', '');
    await expect(inspectCluster(dataDir)).rejects.toMatchObject({ code: 'cluster_damaged' });
  });
});
