import { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './embedded-postgres-error';

/**
 * Signs in what initdb, postgres, setpriv and the dynamic loader print (always English: the child runs with LC_ALL=C).
 * The first match wins, so the causes stand before their consequences: a full disk also ends in "could not open file".
 */
const signs: readonly (readonly [RegExp, EmbeddedPostgresErrorCode])[] = [
  [/No space left on device|Disk quota exceeded/, 'disk_full'],
  [/could not bind|could not create any TCP\/IP sockets|could not create listen socket/, 'port_unavailable'],
  [/lock file ".*" already exists|pre-existing shared memory block/, 'already_running'],
  [/error while loading shared libraries|Library not loaded|failed to execute|cannot execute/, 'unsupported_platform'],
  // Before the signs of damage, which it looks like: a container may run as a number that no user list knows.
  [/could not look up (effective )?user ID/, 'nameless_user'],
  [/Permission denied|Operation not permitted|Read-only file system/, 'no_permission'],
  [
    // "incompatible": the version of the folder was looked at before, so its control file is what is wrong.
    /database files are incompatible|checkpoint record|control file|could not (open|read|stat|access|find) |does not exist|invalid page/,
    'cluster_damaged',
  ],
];

const nodeErrors: Readonly<Record<string, EmbeddedPostgresErrorCode>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EACCES: 'no_permission',
  EPERM: 'no_permission',
  EROFS: 'no_permission',
  ENOENT: 'data_folder_invalid',
  EEXIST: 'data_folder_invalid',
  ENOTDIR: 'data_folder_invalid',
  ENAMETOOLONG: 'data_folder_invalid',
  ELOOP: 'data_folder_invalid',
};

/** What the printed lines of a child that gave up mean. */
export function classifyOutput(lines: readonly string[]): EmbeddedPostgresErrorCode {
  return signs.find(([sign]) => lines.some((line) => sign.test(line)))?.[1] ?? 'start_failed';
}

const external = 'or set DATABASE_URL to use a PostgreSQL of your own';

/** The sentence for a code where the code says it all; `reason` is the last thing the child printed. */
export function sentenceFor(code: EmbeddedPostgresErrorCode, dataDir: string, reason = 'no reason given'): string {
  const sentences: Record<EmbeddedPostgresErrorCode, string> = {
    unsupported_platform: `The embedded PostgreSQL cannot run on this machine (${reason}): set DATABASE_URL to use a PostgreSQL of your own.`,
    no_permission: `The data folder ${dataDir} cannot be written by this user (${reason}): give it to this user (chown -R), choose another DATA_DIR, ${external}.`,
    no_ordinary_user: `PostgreSQL refuses to run as root and no other way to run it works here (${reason}): start this program as an ordinary user, ${external}.`,
    nameless_user: `PostgreSQL refuses to run as a user without a name (${reason}): start this program as a user of this machine, ${external}.`,
    data_folder_invalid: `DATA_DIR ${dataDir} is not a usable folder (${reason}): choose another DATA_DIR.`,
    not_a_cluster: `The folder ${dataDir}/postgres holds files but is not a PostgreSQL data folder (${reason}): move it away or choose another DATA_DIR.`,
    wrong_version: `The data in ${dataDir}/postgres was made by another major version of PostgreSQL (${reason}): choose another DATA_DIR, ${external}.`,
    cluster_damaged: `The database in ${dataDir}/postgres is damaged (${reason}): restore the folder from a backup, or move it away to begin with an empty database.`,
    password_mismatch: `The database in ${dataDir}/postgres does not accept the password in ${dataDir}/postgres-password (${reason}): restore that file from a backup, or move both away to begin with an empty database.`,
    disk_full: `The disk that holds ${dataDir} is full (${reason}): free some space (an empty database needs 100 MB) or choose another DATA_DIR.`,
    already_running: `The database in ${dataDir} is already in use (${reason}): stop that program or choose another DATA_DIR.`,
    port_unavailable: `The embedded PostgreSQL got no port on 127.0.0.1 (${reason}): check the loopback network of this machine, ${external}.`,
    start_timeout: `The embedded PostgreSQL in ${dataDir} did not become ready in time (${reason}): look at its log lines above and start again.`,
    start_failed: `The embedded PostgreSQL in ${dataDir} did not start (${reason}): look at its log lines above, ${external}.`,
  };
  return sentences[code];
}

/** An error for a child that gave up: its own words become the reason. */
export function explainOutput(lines: readonly string[], dataDir: string): EmbeddedPostgresError {
  const code = classifyOutput(lines);
  const sign = signs.find(([, of]) => of === code)?.[0] ?? /FATAL|PANIC|error:/;
  const line = lines.find((l) => sign.test(l)) ?? lines.find((l) => /FATAL|PANIC|error:/.test(l)) ?? lines.at(-1);
  const reason = line?.replace(/^.*?(FATAL|PANIC|ERROR|LOG|WARNING|error):\s+/, '').trim();
  return new EmbeddedPostgresError(code, sentenceFor(code, dataDir, reason), { cause: new Error(lines.join('\n')) });
}

/** Turns file system errors of Node into sentences; lets every other error through unchanged. */
export function explainNodeError(error: unknown, dataDir: string): unknown {
  // Not by instanceof: Node's own errors come from outside of a realm such as a test's.
  const { code: errno, path, message } = (error ?? {}) as NodeJS.ErrnoException;
  const code = typeof errno === 'string' ? nodeErrors[errno] : undefined;
  if (code === undefined || error instanceof EmbeddedPostgresError) return error;
  const reason = path === undefined ? message : `${errno} at ${path}`;
  return new EmbeddedPostgresError(code, sentenceFor(code, dataDir, reason), { cause: error });
}
