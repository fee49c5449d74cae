import 'reflect-metadata';
import { runCommandLine } from './cli/run-command-line';
import { openTerminal } from './cli/terminal';

/** The command line for operators; works beside a running program. Its answer is on stdout, everything else on stderr. */
void runCommandLine(process.argv.slice(2), {
  env: process.env,
  print: (text) => void process.stdout.write(`${text}\n`),
  tell: (text) => void process.stderr.write(`${text}\n`),
  terminal: openTerminal(process.stderr, process.env),
}).then((exitCode) => {
  // Not process.exit: a pipe may still have to take the last words.
  process.exitCode = exitCode;
});
