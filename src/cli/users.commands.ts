import type { Command } from 'commander';
import { AuditLog } from '../platform/audit/audit-log';
import { SystemClock } from '../platform/clock/clock';
import { ChosenUsersRepository } from '../users/chosen/chosen-users.repository';
import { ChosenUsersService } from '../users/chosen/chosen-users.service';
import { addCommand, type CommandLine } from './command-line';
import { addImportCommand } from './import-users.command';
import { chooseUsers } from './open-chosen-users';
import { addExportCommand } from './export-users.command';
import { operator } from './operator';
import { connectorId } from './parse-options';
import type { Session } from './session';

interface UserOptions {
  connector: string;
  email: string;
}

function chosenUsers({ database }: Session): ChosenUsersService {
  const [users, audit] = [new ChosenUsersRepository(), new AuditLog(database)];
  return new ChosenUsersService(database, users, chooseUsers(users), audit, new SystemClock());
}

/** `users …`: who was added to an integration by hand (the membership `chosen`). */
export function addUsersCommands(program: Command, line: CommandLine): void {
  const users = program.command('users').description('users who were added to an integration by hand');

  const add = addCommand<UserOptions>(users, line, 'add', 'add a user to the integration', async (session, options) => {
    const { connector, email } = options;
    await chosenUsers(session).add(connector, email, operator());
    return { document: { connectorId: connector, email, membership: 'chosen' }, text: `Added ${email}.` };
  });

  const remove = addCommand<UserOptions>(users, line, 'remove', 'take a user back out', async (session, options) => {
    const { connector, email } = options;
    await chosenUsers(session).remove(connector, email, operator());
    return { document: { connectorId: connector, email }, text: `Removed ${email}.` };
  });

  for (const command of [add, remove]) {
    command
      .requiredOption('--connector <id>', 'the connector of the user', connectorId)
      .requiredOption('--email <email>', 'the address that Zoom and CloudLink know the user by');
  }

  addImportCommand(users, line);
  addExportCommand(users, line);
}
