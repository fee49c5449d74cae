import { normaliseEmail } from '../platform/text/normalise-email';

/** How a caller names a user. */
export interface UserKey {
  kind: 'email' | 'zoom_id';
  value: string;
}

/** An email always has an @, an id of Zoom never does (they are base64url). */
export function parseUserKey(user: string): UserKey {
  return user.includes('@') ? { kind: 'email', value: normaliseEmail(user) } : { kind: 'zoom_id', value: user.trim() };
}
