import type { Command } from 'commander';
import { addCommand, type CommandLine } from './command-line';

/** `migrate`: brings the tables up to date, as every start of the program does. */
export function addMigrateCommand(program: Command, line: CommandLine): void {
  addCommand(program, line, 'migrate', 'bring the database schema up to date', async ({ databaseUrl }) => {
    const { migrate } = await import('../platform/database/migrate.js');
    const applied = await migrate(databaseUrl);
    return {
      document: { applied },
      text: applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`,
    };
  });
}
