import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { ApiClientRepository } from '../access/api-client.repository';
import { unknownConnector } from '../access/unknown-connector';
import { AuditLog } from '../platform/audit/audit-log';
import { SystemClock } from '../platform/clock/clock';
import type { Language } from '../platform/config/config';
import { AppError } from '../platform/errors/app-error';
import { DueStatuses } from '../users/due-statuses.service';
import { SEPARATOR_NAMES, type SeparatorName } from '../users/export/csv-line';
import { ExportUsers } from '../users/export/export-users.service';
import { RegistrationsRepository } from '../users/registrations.repository';
import { StoredStatusRepository } from '../users/stored-status.repository';
import { readUserFilter } from '../users/user-filter';
import { UsersRepository } from '../users/users.repository';
import type { CommandLine, OutputOptions } from './command-line';
import { operator } from './operator';
import { connectorId } from './parse-options';
import { withSession, type Session } from './session';

interface ExportOptions extends OutputOptions {
  connector: string;
  file?: string;
  separator: SeparatorName;
  language: Language;
}

async function exportUsers({ database }: Session): Promise<ExportUsers> {
  const { createLogger } = await import('../platform/logging/logger.js');
  const statuses = new StoredStatusRepository(new RegistrationsRepository());
  const due = new DueStatuses(database, statuses, createLogger({ level: 'silent', pretty: false }));
  return new ExportUsers(new UsersRepository(database), due, new AuditLog(database), new SystemClock());
}

/** `users export`: what `GET …/users/export` answers. Without a file the answer is the CSV itself, and nothing else. */
export function addExportCommand(users: Command, line: CommandLine): void {
  users
    .command('export')
    .description('write all users as a CSV file')
    .option('--json', 'print one JSON document; only with --file')
    .requiredOption('--connector <id>', 'the connector of the users', connectorId)
    .option('--file <path>', 'where to; standard output without it')
    .addOption(new Option('--separator <name>', 'between two cells').choices(SEPARATOR_NAMES).default('comma'))
    .addOption(new Option('--language <language>', 'of the header and the texts').choices(['en', 'de']).default('en'))
    .action((options: ExportOptions) => withSession(line.env, (session) => run(session, options, line)));
}

async function run(session: Session, options: ExportOptions, line: CommandLine): Promise<void> {
  const { connector, file, json } = options;
  if (json === true && file === undefined)
    throw new AppError('invalid_request', 'Standard output holds the CSV: --json needs --file.');
  if (!(await new ApiClientRepository().connectorExists(session.database, connector))) throw unknownConnector();
  const { count, text } = await (await exportUsers(session)).open(connector, readUserFilter({}), options, operator());
  const bytes = Readable.from(text, { objectMode: false });
  if (file === undefined) return pipeline(bytes, process.stdout, { end: false });
  // It holds names and numbers of people: of nobody's business but the operator's.
  const handle = await open(file, 'w', 0o600);
  // The mode counts for new files alone; what is no file (a terminal, a pipe) keeps its own.
  if ((await handle.stat()).isFile()) await handle.chmod(0o600);
  await pipeline(bytes, handle.createWriteStream());
  line.print(
    json === true ? JSON.stringify({ connectorId: connector, file, count }) : `Wrote ${count} users to ${file}.`,
  );
}
