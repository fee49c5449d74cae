import type { components } from '../../../api/schema';

export type UserDetail = components['schemas']['UserDetailDto'];
export type Target = components['schemas']['TargetDto'];
export type Registration = components['schemas']['RegistrationDto'];

/** Whoever has no name is called by the email. */
export const nameOf = ({ displayName, email }: Pick<UserDetail, 'displayName' | 'email'>): string =>
  displayName === '' ? email : displayName;
