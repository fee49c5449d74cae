import type { AuditEvent } from './audit-query';

/** Actions whose subject is one user, by id or by email. */
const ABOUT_A_USER: ReadonlySet<string> = new Set([
  'user.chosen',
  'user.unchosen',
  'user.synced',
  'credential.read',
  'app_token.created',
  'registrar.asked',
]);

/** The user whom an entry is about, by what the user's page is called; undefined: it is about something else. */
export function userOf({ action, subject, details }: AuditEvent): { id: string; name: string } | undefined {
  if (subject === '' || !ABOUT_A_USER.has(action)) return undefined;
  const email = details['email'];
  return { id: subject, name: typeof email === 'string' ? email : subject };
}
