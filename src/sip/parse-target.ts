import { isIP } from 'node:net';

export const TARGET_ROLES = ['sbc', 'backup_sbc', 'pbx'] as const;
export type TargetRole = (typeof TARGET_ROLES)[number];

export const TRANSPORTS = ['tls', 'tcp', 'udp'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** A place to register with. */
export interface RegistrationTarget {
  role: TargetRole;
  /** IPv4, IPv6 without brackets, or a DNS name. */
  host: string;
  port: number;
  transport: Transport;
}

export type TargetField = keyof RegistrationTarget;

/** RFC 1035 section 2.3.4, without the root label. */
const MAX_NAME_LENGTH = 253;
// The underscore is not for hosts, but internal PBX names carry it, and every resolver takes it.
const LABEL = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;

/** IPv4, IPv6 (no brackets, no zone: a zone means something on one machine only) or a DNS name. */
export function isHost(value: string): boolean {
  if (isIP(value) !== 0) return !value.includes('%');
  const name = value.endsWith('.') ? value.slice(0, -1) : value;
  if (name.length === 0 || name.length > MAX_NAME_LENGTH) return false;
  const labels = name.split('.');
  // RFC 3696 section 2: no top-level domain is all digits, so 192.0.2.300 is a broken address and no name.
  return labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

export function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}

export function isTransport(value: string): value is Transport {
  return (TRANSPORTS as readonly string[]).includes(value);
}

export function isTargetRole(value: string): value is TargetRole {
  return (TARGET_ROLES as readonly string[]).includes(value);
}

/** A target from foreign data, or the name of the first field that is wrong. Transport may be written in any case. */
export function parseTarget(value: unknown): { target: RegistrationTarget } | { wrong: TargetField } {
  const entry: Partial<Record<TargetField, unknown>> = typeof value === 'object' && value !== null ? value : {};
  const { role, host, port } = entry;
  if (typeof role !== 'string' || !isTargetRole(role)) return { wrong: 'role' };
  if (typeof host !== 'string' || !isHost(host)) return { wrong: 'host' };
  if (typeof port !== 'number' || !isPort(port)) return { wrong: 'port' };
  const transport = typeof entry.transport === 'string' ? entry.transport.toLowerCase() : '';
  if (!isTransport(transport)) return { wrong: 'transport' };
  return { target: { role, host, port, transport } };
}
