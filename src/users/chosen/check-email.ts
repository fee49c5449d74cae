import { normaliseEmail } from '../../platform/text/normalise-email';

export const MAX_EMAIL_LENGTH = 254;
// No white space and no control characters, one @ between two parts.
const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

export type EmailFault = 'missing' | 'too_long' | 'form';

/** The email as it is stored, or what is wrong with it. */
export function readEmail(text: string): { email: string } | { fault: EmailFault } {
  const email = normaliseEmail(text);
  if (email === '') return { fault: 'missing' };
  if (email.length > MAX_EMAIL_LENGTH) return { fault: 'too_long' };
  return EMAIL.test(email) ? { email } : { fault: 'form' };
}
