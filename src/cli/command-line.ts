import type { Command } from 'commander';
import type { Environment } from '../platform/config/read-environment';
import type { Terminal } from './terminal';
import { withSession, type Session } from './session';

/** What a command has found or done: one JSON document for programs, a short text for people. */
export interface Answer {
  document: object;
  text: string;
  /** The command did what it was asked to, but what it reports is a failure. */
  failed?: boolean;
}

/** Where a command group gets its environment from and puts its words. */
export interface CommandLine {
  env: Environment;
  print: (text: string) => void;
  /** A word on the way, for people only: not part of the answer. */
  tell: (text: string) => void;
  /** What `tell` writes to, when it is a terminal that may be drawn on. */
  terminal?: Terminal | undefined;
  /** What the process ends with when no error is thrown. */
  exitCode: 0 | 1;
}

export interface OutputOptions {
  json?: boolean;
}

/** Adds a command whose every call prints exactly one answer. `argument` is its first one, as its parser gave it. */
export function addCommand<O extends object>(
  parent: Command,
  line: CommandLine,
  name: string,
  description: string,
  work: (session: Session, options: O & OutputOptions, argument: string) => Promise<Answer>,
): Command {
  return parent
    .command(name)
    .description(description)
    .option('--json', 'print one JSON document')
    .action(async (...given: unknown[]) => {
      // Commander calls with the arguments, then the options, then the command.
      const command = given.at(-1) as Command;
      const options = command.opts<O & OutputOptions>();
      const answer = await withSession(line.env, (session) =>
        work(session, options, String(command.processedArgs[0] ?? '')),
      );
      if (answer.failed === true) line.exitCode = 1;
      line.print(options.json === true ? JSON.stringify(answer.document) : answer.text);
    });
}
