import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../platform/config/config';
import { CONFIG } from '../../platform/config/config.token';
import { asArray, asObject, asText } from '../../platform/remote/read-fields';

export interface SandboxAdmin {
  provider: 'zoom' | 'cloudlink';
  /** What the sandbox calls this person. */
  key: string;
  email: string;
  role: string;
}

const TIMEOUT_MS = 3_000;
const ADMIN_ROLES: Record<SandboxAdmin['provider'], readonly string[]> = {
  zoom: ['owner', 'admin'],
  cloudlink: ['ACCOUNT_ADMIN', 'PARTNER_ADMIN'],
};

/** Asks the emulators, over HTTP, whom they would let in as an admin at present. With real providers nobody is asked, and there is nobody. */
@Injectable()
export class SandboxAdmins {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'sandbox' | 'zoom'>) {}

  /** undefined: real providers. Nobody, when the emulators do not answer: the page has its buttons without them. */
  async list(): Promise<SandboxAdmin[] | undefined> {
    if (this.config.sandbox === undefined) return undefined;
    const door = new URL('/_control/people', this.config.zoom.oauthUrl);
    const people = await fetch(door, { signal: AbortSignal.timeout(TIMEOUT_MS) })
      .then((response): Promise<unknown> => response.json())
      .catch(() => undefined);
    return [...readAdmins('zoom', people), ...readAdmins('cloudlink', people)];
  }
}

function readAdmins(provider: SandboxAdmin['provider'], people: unknown): SandboxAdmin[] {
  return (asArray(asObject(people)?.[provider]) ?? []).flatMap((item) => {
    const person = asObject(item);
    const [key, email, role] = [asText(person?.['key']), asText(person?.['email']), asText(person?.['role'])];
    if (key === undefined || email === undefined || role === undefined) return [];
    const isAdmin = ADMIN_ROLES[provider].includes(role) && person?.['status'] !== 'inactive';
    return isAdmin ? [{ provider, key, email, role }] : [];
  });
}
