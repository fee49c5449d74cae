import type { Kind } from '../directory/kinds';
import type { PbxType } from '../directory/line';
import type { Roster } from '../directory/roster';
import type { Settings } from '../settings';

interface Registrar {
  role: string;
  host: string;
  port: number;
  transport: string;
}

const registrar = (role: string, host: string): Registrar => ({ role, host, port: 5061, transport: 'tls' });

/** MiVoice Business registers at its border gateway or directly; OpenScape has a second SBC. Hosts are of RFC 5737. */
const REGISTRARS: Record<PbxType, Registrar[]> = {
  OSV: [registrar('sbc', '192.0.2.10'), registrar('backupSbc', '192.0.2.11'), registrar('pbx', '192.0.2.20')],
  OS4K: [registrar('sbc', '192.0.2.12'), registrar('backupSbc', 'sbc2.pbx.example'), registrar('pbx', '192.0.2.21')],
  MIVB: [registrar('sbc', '192.0.2.14'), registrar('pbx', '192.0.2.22')],
};

/** Each tenth ready user: enough to prove that a connector drops them. */
const hasStrayPassword = (position: number): boolean => position % 10 === 3;

/** Whether this item says when it was changed. */
export const isDated = (position: number, settings: Pick<Settings, 'psiModifiedOn'>): boolean =>
  settings.psiModifiedOn === 'all' || position % 2 !== 0;

/**
 * EMULATOR INVENTION: Mitel publishes no resource for SIP credentials. This is what the connector assumes (see
 * src/cloudlink/psi-credentials.ts), in CloudLink's style. `sip` is present only when the status is `ready`.
 */
export function psiItem(
  roster: Roster,
  position: number,
  settings: Pick<Settings, 'strayPasswords' | 'psiModifiedOn'>,
): Record<string, unknown> {
  const person = roster.person(position);
  const line = roster.line(position);
  const status = roster.psiStatus(position);
  const stray = settings.strayPasswords && hasStrayPassword(position);
  return {
    userId: roster.cloudlinkIds.uuid(position),
    email: person.cloudlinkEmail,
    displayName: person.displayName,
    extension: line.extension,
    status,
    modifiedOn: isDated(position, settings) ? new Date(roster.modifiedMs(position)).toISOString() : undefined,
    licences: roster.licences(position),
    pbx: line.pbx,
    // JSON leaves undefined fields out.
    password: stray ? roster.credential(position).password : undefined,
    sipPassword: stray ? roster.cloudlinkSipPassword(position) : undefined,
    sip: status === 'ready' ? sip(roster, position, line.pbx.type, stray) : undefined,
  };
}

function sip(roster: Roster, position: number, pbxType: PbxType, stray: boolean): Record<string, unknown> {
  const kind = roster.kind(position);
  const credential = roster.credential(position);
  return {
    userName: credential.userName,
    authUserName: credential.authUserName,
    realm: kind === 'broken_realm' ? undefined : credential.realm,
    credentials: credential.offered.map((algorithm) => ({
      algorithm,
      ha1: kind === 'broken_hash' ? credential.ha1[algorithm].slice(0, -2) : credential.ha1[algorithm],
    })),
    registrars: registrars(REGISTRARS[pbxType], kind),
    password: stray ? credential.password : undefined,
    sipPassword: stray ? credential.password : undefined,
  };
}

function registrars(right: Registrar[], kind: Kind): Registrar[] {
  const [first, ...others] = right;
  if (first === undefined) return right;
  switch (kind) {
    case 'broken_port':
      return [{ ...first, port: 70_000 }, ...others];
    case 'broken_host':
      return [{ ...first, host: 'sbc one.example:5061/x' }, ...others];
    case 'broken_role':
      return [{ ...first, role: 'edge' }, ...others];
    default:
      return right;
  }
}
