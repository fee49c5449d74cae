import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { AppError } from '../platform/errors/app-error';
import type { Sweep } from '../targets/registrar/registrar-sweeps.service';
import type { StoredTarget } from '../targets/stored-target';
import { addCommand, type Answer, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { openTargets } from './open-targets';
import { operator } from './operator';
import { connectorId } from './parse-options';

const ID = ['<id>', 'the id of the connector', connectorId] as const;
/** More than all steps of a look at many dead targets may take together. */
const PROBE_LIMIT_MS = 10 * 60_000;

/** `probe`: look at the registration targets of a connector. */
export function addProbeCommand(program: Command, line: CommandLine): void {
  addCommand<{ target?: string }>(
    program,
    line,
    'probe',
    'look at the places that users register with: name, connection, TLS, certificate, SIP',
    (session, { target }, id) =>
      openTargets(session, async ({ probes }) => {
        const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
        return describeTargets(
          target === undefined ? await probes.probeAllNow(id, signal) : [await probes.probeNow(id, target, signal)],
        );
      }),
  )
    .argument(...ID)
    .option('--target <id>', 'only this one', uuid);
}

/** `connectors set-ca`, `connectors registrar-sweep`. */
export function addTargetSettingsCommands(connectors: Command, line: CommandLine): void {
  addCommand<{ file?: string; clear?: boolean }>(
    connectors,
    line,
    'set-ca',
    'which authorities vouch for the certificates of SBC and PBX, besides the public ones',
    (session, { file, clear }, id) =>
      openTargets(session, async ({ authorities }) => {
        if ((file === undefined) === (clear === undefined))
          throw new AppError('invalid_request', 'Say either --file or --clear.');
        if (file === undefined) {
          await authorities.clear(id, operator());
          return { document: { items: [] }, text: 'Only the public authorities are trusted now.' };
        }
        const items = (await authorities.set(id, await read(file), operator(), 'file')).map((one) => ({
          ...one,
          notAfter: one.notAfter.toISOString(),
        }));
        return {
          document: { items },
          text: formatTable(
            ['TRUSTED NOW', 'UNTIL', 'SHA-256'],
            items.map(({ subject, notAfter, fingerprint }) => [subject, notAfter.slice(0, 10), fingerprint]),
            '',
          ),
        };
      }),
  )
    .argument(...ID)
    .option('--file <pem>', 'a file with certificates in PEM form; takes the place of all that were there')
    .option('--clear', 'trust the public authorities alone');

  addCommand<{ on?: boolean; off?: boolean; perMinute?: number }>(
    connectors,
    line,
    'registrar-sweep',
    'have the registrars of all users asked, slowly, whether their hashes are accepted: show it, or switch it on or off',
    (session, { on, off, perMinute }, id) =>
      openTargets(session, async ({ sweeps }) => {
        if (on === true && off === true) throw new AppError('invalid_request', 'Say either --on or --off.');
        const before = await sweeps.get(id);
        if (on === undefined && off === undefined && perMinute === undefined) return describeSweep(before);
        return describeSweep(
          await sweeps.set(
            id,
            { enabled: on ?? (off === true ? false : before.enabled), perMinute: perMinute ?? before.perMinute },
            operator(),
          ),
        );
      }),
  )
    .argument(...ID)
    .option('--on', 'switch it on')
    .option('--off', 'switch it off')
    .option('--per-minute <users>', 'how many users a minute, 1 to 60', usersPerMinute);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError(
      'invalid_request',
      `The file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    );
  }
}

function uuid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError('It must be the id of a target, a UUID: leave it out to see them all.');
}

function usersPerMinute(text: string): number {
  const users = Number(text);
  if (Number.isInteger(users) && users >= 1 && users <= 60) return users;
  throw new InvalidArgumentError('It must be a whole number from 1 to 60.');
}

const describeTargets = (targets: StoredTarget[]): Answer => ({
  document: { items: targets },
  text: formatTable(
    ['ROLE', 'TARGET', 'STATE', 'REASON', 'TLS', 'CERTIFICATE UNTIL', 'SIP', 'MS', 'USERS', 'ID'],
    targets.map(({ role, host, port, transport, state, reason, seen, users, id }) => [
      role,
      `${transport}:${host.includes(':') ? `[${host}]` : host}:${port}`,
      state,
      [reason, seen?.errorCode].filter((word) => word != null).join(' '),
      seen?.tlsVersion ?? '',
      seen?.certificate?.notAfter.slice(0, 10) ?? '',
      seen?.sip === null || seen === null ? '' : `${seen.sip.code} ${seen.sip.reason}`,
      seen === null ? '' : milliseconds(seen.latency),
      String(users),
      id,
    ]),
    'No user of this connector has a registration target yet: has a sync ended well?',
  ),
});

/** Of all steps that were taken. */
const milliseconds = (latency: object): string =>
  Object.values(latency)
    .filter((step) => typeof step === 'number')
    .reduce((sum, step) => sum + step, 0)
    .toFixed(0);

const describeSweep = (sweep: Sweep): Answer => ({
  document: sweep,
  text: [
    sweep.enabled ? `On: ${sweep.perMinute} users a minute.` : 'Off.',
    sweep.roundEndedAt === null
      ? 'All users have not been asked yet.'
      : `All users had been asked at ${sweep.roundEndedAt.toISOString()}.`,
  ].join('\n'),
});
