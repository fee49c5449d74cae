import { chmod, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { sentenceFor } from './explain-failure';

/** The major version of the binaries; a cluster of another one must be dumped and loaded, never opened. */
export const majorVersion = '18';

/**
 * Looks at the cluster folder before PostgreSQL does, whose own words ("could not open control file") help nobody.
 * `absent` also for an empty folder, which is what a mounted volume looks like on the first start.
 */
export async function inspectCluster(dataDir: string): Promise<'absent' | 'present'> {
  const clusterDir = join(dataDir, 'postgres');
  const entries = await readdir(clusterDir).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw refuse('not_a_cluster', dataDir, 'it is a file');
    throw error;
  });
  if (entries.length === 0) return 'absent';
  if (!entries.includes('PG_VERSION')) throw refuse('not_a_cluster', dataDir, 'PG_VERSION is missing');
  const version = (await readFile(join(clusterDir, 'PG_VERSION'), 'utf8')).trim();
  if (!/^\d+$/.test(version)) throw refuse('cluster_damaged', dataDir, 'PG_VERSION is unreadable');
  if (version !== majorVersion) {
    throw refuse('wrong_version', dataDir, `version ${version}, this program brings ${majorVersion}`);
  }
  const control = await stat(join(clusterDir, 'global', 'pg_control')).catch(() => undefined);
  if (!control?.size) throw refuse('cluster_damaged', dataDir, 'global/pg_control is missing');
  // PostgreSQL demands that others have no access; a copy or an unpacked archive loses that easily.
  if ((await stat(clusterDir)).mode & 0o027) await chmod(clusterDir, 0o700);
  return 'present';
}

function refuse(code: 'not_a_cluster' | 'wrong_version' | 'cluster_damaged', dataDir: string, reason: string) {
  return new EmbeddedPostgresError(code, sentenceFor(code, dataDir, reason));
}
