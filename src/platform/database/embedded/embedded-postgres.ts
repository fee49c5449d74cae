import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPassword } from './cluster-password';
import { answers, databaseUrl } from './database-access';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { explainNodeError, sentenceFor } from './explain-failure';
import { claimOwnership, type Owner } from './ownership';
import { readPostmasterPid } from './postmaster-pid';
import { isPostgresOf } from './process-identity';
import { startOwned } from './start-owned';

export interface EmbeddedPostgresOptions {
  /** DATA_DIR; the cluster is in `<dataDir>/postgres`. */
  dataDir: string;
  /** Gets each log line of the server, and a sentence when it ends by itself. */
  onLog?: (line: string) => void;
  /** The server has ended, by itself or by `stop()`. */
  onEnd?: () => void;
  /** Ends the start; a server that runs is ended by `stop()` only. */
  signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  url: string;
  port: number;
  /** Whether `stop()` really stops the server, or only leaves one that another program started. */
  owned: boolean;
  stop(): Promise<void>;
}

/** A first start takes about 1 s; the other program may also be recovering from a crash. */
const joinLimitMs = 60_000;

/** Starts the cluster in dataDir (initdb the first time). Fails with EmbeddedPostgresError. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return explaining(options, async (dataDir) => {
    const claim = await claimOwnership(dataDir);
    if (!claim.held) throw inUseBy(claim.owner, dataDir);
    return { ...(await startOwned(dataDir, claim, options)), owned: true };
  });
}

/**
 * For the command line beside a running program: connects to the running cluster of this dataDir when there is one,
 * otherwise starts it. Fails with EmbeddedPostgresError.
 */
export async function joinOrStartEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return explaining(options, async (dataDir) => {
    const deadline = Date.now() + joinLimitMs;
    for (;;) {
      const running = await findRunning(dataDir);
      if (running) return running;
      const claim = await claimOwnership(dataDir);
      if (claim.held) return { ...(await startOwned(dataDir, claim, options)), owned: true };
      if (Date.now() > deadline) throw inUseBy(claim.owner, dataDir);
      await sleep(50, undefined, { signal: options.signal });
    }
  });
}

/** The server that another living program runs in this folder, once it accepts our password. */
async function findRunning(dataDir: string): Promise<EmbeddedPostgres | undefined> {
  const clusterDir = join(dataDir, 'postgres');
  const found = await readPostmasterPid(clusterDir);
  if (!found?.ready || found.port === undefined) return undefined;
  if (!(await isPostgresOf(found.pid, clusterDir))) return undefined;
  const password = await readPassword(dataDir);
  if (password === undefined) return undefined;
  const url = databaseUrl(found.port, password);
  if (!(await answers(url))) return undefined;
  return { url, port: found.port, owned: false, stop: () => Promise.resolve() };
}

async function explaining<T>(options: EmbeddedPostgresOptions, act: (dataDir: string) => Promise<T>): Promise<T> {
  try {
    options.signal?.throwIfAborted();
    // 0700: the folder also holds the password. Its real path, so that two names of one folder are the same folder.
    await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
    return await act(await realpath(options.dataDir));
  } catch (error) {
    throw explainNodeError(error, options.dataDir);
  }
}

function inUseBy(owner: Owner, dataDir: string): EmbeddedPostgresError {
  const self = owner.pid === process.pid;
  const reason = self ? 'this program runs it already' : `by another run of this program, process id ${owner.pid}`;
  return new EmbeddedPostgresError('already_running', sentenceFor('already_running', dataDir, reason));
}
