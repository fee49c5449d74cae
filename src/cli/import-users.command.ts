import { constants, createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { AuditLog } from '../platform/audit/audit-log';
import { SystemClock } from '../platform/clock/clock';
import { AppError } from '../platform/errors/app-error';
import { ChosenUsersRepository } from '../users/chosen/chosen-users.repository';
import { describeImport } from '../users/import/describe-import';
import { ImportTurns } from '../users/import/import-turns';
import { ImportUsers } from '../users/import/import-users.service';
import type { ImportResultDto } from '../users/import/import.dto';
import { addCommand, type Answer, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { chooseUsers } from './open-chosen-users';
import { operator } from './operator';
import { connectorId } from './parse-options';
import type { Session } from './session';

const MAX_PROBLEMS = 1_000;

interface ImportOptions {
  connector: string;
  file: string;
  dryRun?: boolean;
  skipInvalid?: boolean;
}

function importUsers({ database }: Session): ImportUsers {
  const [users, audit] = [new ChosenUsersRepository(), new AuditLog(database)];
  return new ImportUsers(database, users, chooseUsers(users), new ImportTurns(), audit, new SystemClock());
}

/** Opened when it is read, so that nothing is left open when the import is refused. */
async function* contentOf(file: string): AsyncGenerator<Buffer> {
  yield* createReadStream(file);
}

async function checkReadable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw new AppError('invalid_request', `The file ${file} cannot be read.`, { cause });
  });
}

/** `users import`: what `POST …/users/import` does, from a file of this machine. */
export function addImportCommand(users: Command, line: CommandLine): void {
  addCommand<ImportOptions>(users, line, 'import', 'add the users of a CSV file', async (session, options) => {
    const { connector, file, dryRun = false, skipInvalid = false } = options;
    if (file !== '-') await checkReadable(file);
    const result = await importUsers(session).run({
      connectorId: connector,
      bytes: file === '-' ? process.stdin : contentOf(file),
      dryRun,
      skipInvalid,
      maxProblems: MAX_PROBLEMS,
      actor: operator(),
    });
    return describe(describeImport(result, dryRun, 'en'));
  })
    .requiredOption('--connector <id>', 'the connector of the users', connectorId)
    .requiredOption(
      '--file <path>',
      'with a header that names the column email, and perhaps action; - is standard input',
    )
    .option('--dry-run', 'say what would change, change nothing')
    .option('--skip-invalid', 'apply the good lines although others are invalid');
}

function describe(result: ImportResultDto): Answer {
  const problems = formatTable(
    ['LINE', 'COLUMN', 'VALUE', 'RULE'],
    result.problems.map(({ line, column, value, rule }) => [String(line), column ?? '', value, rule]),
    '',
  );
  return {
    document: result,
    text: [problems, summary(result)].filter((part) => part !== '').join('\n'),
    failed: !result.dryRun && !result.applied,
  };
}

function summary(result: ImportResultDto): string {
  const numbers = `${result.added} added, ${result.pinned} pinned, ${result.alreadyThere} there already, ${result.removed} removed, ${result.released} released, ${result.notThere} not there`;
  const lines = `${result.lines} lines, ${result.invalid} invalid, ${result.duplicates} more than once.`;
  if (result.applied) return `${numbers}.\n${lines}`;
  return `Nothing has changed. ${result.dryRun ? 'It would be' : 'Without the invalid lines it would be'}: ${numbers}.\n${lines}`;
}
