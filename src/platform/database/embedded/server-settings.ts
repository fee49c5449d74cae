/** Settings of a small server beside its only program, given on the command line so that they follow the program's version. */
export const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A socket's path may have 107 bytes at most, and a data folder is often deeper than that.
  unix_socket_directories: '',
  max_connections: '100',
  // Only touched pages cost memory: idle it is 26 MiB.
  shared_buffers: '128MB',
  // The default of 1 GB surprises on a small disk; 256 MB still holds a sync of 100 000 users.
  max_wal_size: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
  // The program's log adds time and process; and rows (names, encrypted credentials) have no place in it:
  // terse leaves out DETAIL ("Failing row contains …"), panic leaves out the text of statements.
  log_line_prefix: '',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

export function settingArguments(): string[] {
  return Object.entries(serverSettings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
