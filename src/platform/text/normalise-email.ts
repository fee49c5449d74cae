/** ASCII without spaces and capitals: nearly every email, and a page asks for each of them several times. */
const PLAIN = /^[!-@[-~]+$/;

/** The form in which emails of both sides are joined and stored: trimmed, NFC, lower case. */
export function normaliseEmail(email: string): string {
  return PLAIN.test(email) ? email : email.trim().normalize('NFC').toLowerCase();
}
