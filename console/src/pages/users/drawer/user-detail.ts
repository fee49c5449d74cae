import type { components } from '../../../api/schema';

export type UserDetail = components['schemas']['UserDetailDto'];
export type Target = components['schemas']['TargetDto'];
export type Registration = components['schemas']['RegistrationDto'];

/** As administrators write it; an IPv6 address in brackets. */
export const addressOf = ({ host, port, transport }: Pick<Target, 'host' | 'port' | 'transport'>): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port} (${transport.toUpperCase()})`;

/** Whoever has no name is called by the email. */
export const nameOf = ({ displayName, email }: Pick<UserDetail, 'displayName' | 'email'>): string =>
  displayName === '' ? email : displayName;
