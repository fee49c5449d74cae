import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { addClientsCommands } from './cli/clients.commands';
import type { CommandLine } from './cli/command-line';
import { addConnectorsCommands } from './cli/connectors.commands';
import { explainError } from './cli/explain-error';
import { addMigrateCommand } from './cli/migrate.command';
import { addSyncCommand } from './cli/sync.command';

/** The command line for operators; works beside a running program. */
function buildProgram(line: CommandLine, hear: (words: string) => void): Command {
  const program = new Command('npm run cli --');
  // Set before the commands are added: they inherit it. What commander would print of an error, we print ourselves.
  program.exitOverride().configureOutput({ writeOut: (text) => line.print(text.trimEnd()), writeErr: hear });
  program.description('Operates the Zoom CloudLink Connector. Every command takes --json.');
  addClientsCommands(program, line);
  addConnectorsCommands(program, line);
  addSyncCommand(program, line);
  addMigrateCommand(program, line);
  return program;
}

/** @returns the exit code: 0 done, 1 failed, 2 called wrongly */
async function run(argv: string[]): Promise<number> {
  const heard: string[] = [];
  const line: CommandLine = {
    env: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    tell: (text) => void process.stderr.write(`${text}\n`),
    exitCode: 0,
  };
  try {
    await buildProgram(line, (words) => heard.push(words)).parseAsync(argv, { from: 'user' });
    return line.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { code, message, exitCode } = explainError(error);
    // A group without a command: commander's "message" is only its help.
    const isHelp = error instanceof CommanderError && error.code === 'commander.help';
    const sentence = isHelp ? 'A command is missing.' : message;
    line.tell(argv.includes('--json') ? JSON.stringify({ code, message: sentence }) : isHelp ? heard.join('') : sentence);
    return exitCode;
  }
}

void run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
