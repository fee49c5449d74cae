import type { Roster } from '../directory/roster';
import type { CloudLinkLogin } from '../people';

/** A telephone user as admin answers and notifications show it: with `sipPassword` in clear, as the real ones. */
export function directoryUser(roster: Roster, position: number): Record<string, unknown> {
  const person = roster.person(position);
  return userJson(roster, {
    userId: roster.cloudlinkIds.uuid(position),
    name: person.displayName,
    email: person.cloudlinkEmail,
    role: 'USER',
    extension: roster.line(position).extension,
    sipPassword: roster.cloudlinkSipPassword(position),
    modifiedOn: new Date(roster.modifiedMs(position)).toISOString(),
  });
}

/** The same of somebody who can log in at the portal. */
export function loginUser(roster: Roster, login: CloudLinkLogin): Record<string, unknown> {
  const { userId, name, email, role } = login;
  return userJson(roster, {
    userId,
    name,
    email,
    role,
    sipPassword: `cl-login-${login.key}`,
    modifiedOn: '2025-01-06T08:00:00.000Z',
  });
}

interface UserFields {
  userId: string;
  name: string;
  email: string;
  role: string;
  extension?: string;
  sipPassword: string;
  modifiedOn: string;
}

function userJson(roster: Roster, user: UserFields): Record<string, unknown> {
  const accountId = roster.plan.cloudlinkAccountId;
  return {
    userId: user.userId,
    uniqueUserId: user.userId,
    accountId,
    name: user.name,
    displayName: user.name,
    email: user.email,
    emailValid: true,
    emailVerified: true,
    extension: user.extension,
    extensionVerified: user.extension !== undefined,
    role: user.role,
    userVerified: true,
    source: 'admin',
    sipAddress: `${user.userId}@${accountId}.us.sandbox.api.mitel.io`,
    sipPassword: user.sipPassword,
    createdOn: '2024-02-01T08:00:00.000Z',
    modifiedOn: user.modifiedOn,
    _links: { self: `/2017-09-01/accounts/${accountId}/users/${user.userId}` },
  };
}
