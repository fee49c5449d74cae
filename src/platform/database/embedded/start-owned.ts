import { lchown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makePassword, readPassword } from './cluster-password';
import { databaseUrl, ensureDatabase } from './database-access';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { explainOutput, sentenceFor } from './explain-failure';
import { inspectCluster } from './inspect-cluster';
import { clearLeftoverServer } from './leftover-server';
import { makeCluster, removeHalfMade } from './make-cluster';
import type { Claim } from './ownership';
import { findBinaries } from './platform-binaries';
import { startPostmaster, type Postmaster } from './postmaster';
import { chooseRunAs, type RunAs } from './run-as';

/** Crash recovery of a full WAL (256 MB) takes seconds; a disk that needs longer than this is not worth waiting for. */
const startLimitMs = 120_000;

interface StartOptions {
  onEnd?: () => void;
  onLog?: (line: string) => void;
  signal?: AbortSignal;
}

/** The steps of a start, for the one process that holds the claim; whatever fails, the claim is given back. */
export async function startOwned(
  dataDir: string,
  claim: Extract<Claim, { held: true }>,
  options: StartOptions,
): Promise<{ url: string; port: number; stop: () => Promise<void> }> {
  const clusterDir = join(dataDir, 'postgres');
  const limit = AbortSignal.timeout(startLimitMs);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  const printed: string[] = [];
  let started = false;
  let postmaster: Postmaster | undefined;
  try {
    const state = await inspectCluster(dataDir);
    await clearLeftoverServer(dataDir, clusterDir, claim.previous);
    await removeHalfMade(dataDir);
    const binaries = await findBinaries(dataDir);
    const runAs = await chooseRunAs(binaries.postgres, dataDir, await stat(state === 'present' ? clusterDir : dataDir));
    const password = await passwordFor(state, dataDir, runAs);
    if (state === 'absent') await makeCluster(dataDir, { runAs, binaries, signal });
    else await giveTo(runAs, clusterDir);
    const onLog = (line: string) => {
      if (!started) printed.push(line);
      options.onLog?.(line);
    };
    const onEnd = () => {
      void claim.release();
      if (started) options.onEnd?.();
    };
    postmaster = await startPostmaster({ dataDir, clusterDir, runAs, binaries, signal, onLog, onEnd });
    await ensureDatabase(dataDir, postmaster.port, password);
    started = true;
    const { port, stop } = postmaster;
    return { url: databaseUrl(port, password), port, stop: () => stop().then(claim.release) };
  } catch (error) {
    await postmaster?.abandon();
    await claim.release();
    if (options.signal?.aborted || error instanceof EmbeddedPostgresError) throw error;
    if (limit.aborted) {
      const sentence = sentenceFor('start_timeout', dataDir, `waited ${startLimitMs / 1000} s`);
      throw new EmbeddedPostgresError('start_timeout', sentence, { cause: error });
    }
    // A damaged cluster may start and then refuse every connection: the reason is in the log, read to its end by now.
    throw postmaster ? explainOutput([...printed, String(error)], dataDir) : error;
  }
}

async function passwordFor(state: 'absent' | 'present', dataDir: string, runAs: RunAs): Promise<string> {
  if (state === 'absent') return makePassword(dataDir, runAs);
  const password = await readPassword(dataDir);
  if (password !== undefined) return password;
  throw new EmbeddedPostgresError(
    'password_mismatch',
    sentenceFor('password_mismatch', dataDir, 'the file is missing'),
  );
}

/**
 * A cluster that root made in a user namespace cannot be opened by nobody where namespaces are refused: its files
 * change hands. About 1 000 files, and only when the way of running has changed.
 */
async function giveTo({ owner }: RunAs, clusterDir: string): Promise<void> {
  if (!owner || (await stat(clusterDir)).uid === owner.uid) return;
  const entries = await readdir(clusterDir, { recursive: true });
  for (const entry of entries) await lchown(join(clusterDir, entry), owner.uid, owner.gid);
  // The folder itself last: should this be interrupted, the next start does it again.
  await lchown(clusterDir, owner.uid, owner.gid);
}
