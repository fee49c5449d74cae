import { EmbeddedPostgresError } from './embedded-postgres-error';
import { classifyOutput, explainNodeError, explainOutput } from './explain-failure';

describe('classifyOutput', () => {
  it.each([
    ['disk_full', 'FATAL:  could not write lock file "postmaster.pid": No space left on device'],
    ['disk_full', 'initdb: error: could not write file "/d/PG_VERSION": Disk quota exceeded'],
    ['port_unavailable', 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use'],
    ['port_unavailable', 'FATAL:  could not create any TCP/IP sockets'],
    ['already_running', 'FATAL:  lock file "postmaster.pid" already exists'],
    ['already_running', 'FATAL:  pre-existing shared memory block (key 721107, ID 9) is still in use'],
    ['cluster_damaged', 'FATAL:  database files are incompatible with server'],
    [
      'unsupported_platform',
      'postgres: error while loading shared libraries: libicuuc.so.60: cannot open shared object',
    ],
    ['unsupported_platform', 'setpriv: failed to execute /p/postgres: No such file or directory'],
    ['no_permission', 'FATAL:  could not open file "/d/postgresql.conf": Permission denied'],
    ['cluster_damaged', 'PANIC:  could not locate a valid checkpoint record at 0/174B310'],
    ['cluster_damaged', 'FATAL:  incorrect checksum in control file'],
    ['cluster_damaged', 'FATAL:  required WAL directory "pg_wal" does not exist'],
    ['nameless_user', 'initdb: error: could not look up effective user ID 1234: user does not exist'],
    ['start_failed', 'something new'],
  ])('%s: %s', (code, line) => {
    expect(classifyOutput(['LOG:  starting PostgreSQL 18.4', line])).toBe(code);
  });

  it('puts the cause before its consequence, whatever the order of the lines', () => {
    const lines = ['FATAL:  could not open file "base/1/2691"', 'LOG:  write failed: No space left on device'];
    expect(classifyOutput(lines)).toBe('disk_full');
  });

  it('has no opinion on silence', () => {
    expect(classifyOutput([])).toBe('start_failed');
  });
});

describe('explainOutput', () => {
  it('makes one sentence that names the folder, the reason and the way out', () => {
    const error = explainOutput(['LOG:  x', 'FATAL:  incorrect checksum in control file'], '/srv/data');
    expect(error.message).toBe(
      'The database in /srv/data/postgres is damaged (incorrect checksum in control file): ' +
        'restore the folder from a backup, or move it away to begin with an empty database.',
    );
  });

  it('keeps everything that was printed as its cause', () => {
    expect(explainOutput(['one', 'two'], '/srv/data').cause).toEqual(new Error('one\ntwo'));
  });
});

describe('explainNodeError', () => {
  const errno = (code: string, path?: string) => Object.assign(new Error(`${code}: no`), { code, path });

  it.each([
    ['ENOSPC', 'disk_full'],
    ['EACCES', 'no_permission'],
    ['EROFS', 'no_permission'],
    ['ENOTDIR', 'data_folder_invalid'],
    ['EEXIST', 'data_folder_invalid'],
  ])('%s becomes %s and names the path', (code, expected) => {
    expect(explainNodeError(errno(code, '/srv/data/x'), '/srv/data')).toMatchObject({
      name: 'EmbeddedPostgresError',
      code: expected,
      message: expect.stringContaining(`${code} at /srv/data/x`),
    });
  });

  it('leaves other errors as they are', () => {
    const known = new EmbeddedPostgresError('disk_full', 'full');
    const aborted = new DOMException('stop', 'AbortError');
    for (const error of [known, aborted, errno('ECONNRESET'), 'text']) {
      expect(explainNodeError(error, '/srv/data')).toBe(error);
    }
  });
});
