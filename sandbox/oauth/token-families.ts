import { randomUUID } from 'node:crypto';

/** All tokens that come from one authorisation. */
export interface Family {
  id: string;
  side: 'zoom' | 'cloudlink';
  /** Key of the person who authorised. */
  person: string;
  clientId: string;
  scope: string;
  /** Number of the refresh token that is valid now; each rotation raises it. */
  refreshNumber: number;
  /** Number of the newest access token. */
  accessNumber: number;
  /** Access tokens below this number count as expired. */
  accessFloor: number;
}

/**
 * Authorisations that are alive. Each change is kept before the answer that tells of it is sent: after `kill -9` the
 * client's stored token is either the valid one or was never handed out.
 */
export class TokenFamilies {
  private readonly families = new Map<string, Family>();

  constructor(
    kept: readonly Family[],
    private readonly keep: () => void,
  ) {
    for (const family of kept) this.families.set(family.id, { ...family });
  }

  open(start: Pick<Family, 'side' | 'person' | 'clientId' | 'scope'>): Family {
    const family: Family = { ...start, id: randomUUID(), refreshNumber: 1, accessNumber: 1, accessFloor: 1 };
    this.families.set(family.id, family);
    this.store();
    return family;
  }

  find(id: unknown): Family | undefined {
    return typeof id === 'string' ? this.families.get(id) : undefined;
  }

  change(family: Family, change: Partial<Pick<Family, 'refreshNumber' | 'accessNumber' | 'accessFloor'>>): void {
    Object.assign(family, change);
    this.store();
  }

  close(matches: (family: Family) => boolean): void {
    for (const family of this.families.values()) if (matches(family)) this.families.delete(family.id);
    this.store();
  }

  all(): Family[] {
    return [...this.families.values()];
  }

  private store(): void {
    this.keep();
  }
}
