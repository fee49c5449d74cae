import { Option, type Command } from 'commander';
import type { Language } from '../platform/config/config';
import { addCommand, type CommandLine } from './command-line';
import { formatChecks } from './format-checks';
import { openPreflight } from './open-preflight';
import { operator } from './operator';
import { connectorId } from './parse-options';

/** `doctor`: whether everything is set up that the integration needs. Fails when something cannot work. */
export function addDoctorCommand(program: Command, line: CommandLine): void {
  addCommand<{ lang: Language }>(
    program,
    line,
    'doctor',
    'look whether everything is set up at Zoom, at CloudLink and here; exit code 1 when something failed',
    (session, { lang }, id) =>
      openPreflight(session, async (preflight) => {
        const found = await preflight.get(id, lang, operator());
        return { document: found, text: formatChecks(found, lang), failed: found.counts.failed > 0 };
      }),
  )
    .argument('<connector>', 'the id of the connector', connectorId)
    .addOption(new Option('--lang <language>', 'of the texts').choices(['en', 'de']).default('en'));
}
