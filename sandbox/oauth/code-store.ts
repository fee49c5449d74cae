import { randomBytes } from 'node:crypto';

/** What the authorisation endpoint remembers of a code. */
export interface IssuedCode {
  person: string;
  clientId: string;
  redirectUri: string | undefined;
  challenge: string | undefined;
  challengeMethod: string;
  issuedMs: number;
}

/** Authorisation codes: each may be presented once, right or wrong. In memory only, as they live for minutes. */
export class CodeStore {
  private readonly codes = new Map<string, IssuedCode>();

  issue(code: IssuedCode): string {
    const text = randomBytes(24).toString('base64url');
    this.codes.set(text, code);
    return text;
  }

  /** The code's data, once. */
  take(text: string): IssuedCode | undefined {
    const code = this.codes.get(text);
    this.codes.delete(text);
    return code;
  }

  /** Makes all codes that are out there useless, as if minutes had passed. */
  expireAll(): void {
    for (const code of this.codes.values()) code.issuedMs = 0;
  }
}
