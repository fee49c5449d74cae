import { Command, CommanderError } from 'commander';
import type { Environment } from '../platform/config/read-environment';
import { addAlertsCommands } from './alerts.commands';
import { addAuditCommand } from './audit.commands';
import { addClientsCommands } from './clients.commands';
import type { CommandLine } from './command-line';
import { addConnectorsCommands } from './connectors.commands';
import { addDoctorCommand } from './doctor.command';
import { addProbeCommand } from './targets.commands';
import { explainError } from './explain-error';
import { addKeysCommands } from './keys.commands';
import { addMigrateCommand } from './migrate.command';
import { addSandboxCommands } from './sandbox.commands';
import { addSyncCommand } from './sync.command';
import type { Terminal } from './terminal';
import { addUsersCommands } from './users.commands';

export interface Surroundings {
  env: Environment;
  print: (text: string) => void;
  tell: (text: string) => void;
  terminal?: Terminal | undefined;
}

/** Runs one command. @returns the exit code: 0 done, 1 failed, 2 called wrongly */
export async function runCommandLine(argv: string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { tell } = surroundings;
  const line: CommandLine = { ...surroundings, exitCode: 0 };
  const heard: string[] = [];
  try {
    await buildProgram(line, (words) => heard.push(words)).parseAsync(argv, { from: 'user' });
    return line.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { code, message, exitCode } = explainError(error);
    // A group without a command: commander's "message" is only its help.
    const isHelp = error instanceof CommanderError && error.code === 'commander.help';
    const sentence = isHelp ? 'A command is missing.' : message;
    tell(
      argv.includes('--json')
        ? JSON.stringify({ code, message: sentence })
        : isHelp
          ? heard.join('').trimEnd()
          : sentence,
    );
    return exitCode;
  }
}

function buildProgram(line: CommandLine, hear: (words: string) => void): Command {
  const program = new Command('npm run cli --');
  // Set before the commands are added: they inherit it. What commander would print of an error, we print ourselves.
  program.exitOverride().configureOutput({ writeOut: (text) => line.print(text.trimEnd()), writeErr: hear });
  program.description('Operates the Zoom CloudLink Connector. Every command takes --json.');
  addClientsCommands(program, line);
  addConnectorsCommands(program, line);
  addProbeCommand(program, line);
  addUsersCommands(program, line);
  addSyncCommand(program, line);
  addDoctorCommand(program, line);
  addAlertsCommands(program, line);
  addAuditCommand(program, line);
  addMigrateCommand(program, line);
  addKeysCommands(program, line);
  addSandboxCommands(program, line);
  return program;
}
