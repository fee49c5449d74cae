import { AppError } from '../../src/platform/errors/app-error';
import type { AsGrant } from '../../src/platform/remote/as-grant';
import { CloudLinkApi } from '../../src/cloudlink/cloudlink-api';
import type { CloudLinkAdmin, PsiCredential, PsiPage, PsiProblem, PsiUser } from '../../src/cloudlink/cloudlink-types';
import type { ActiveGrants } from '../../src/sync/active-grants';
import { ZoomApi } from '../../src/zoom/zoom-api';
import type { ZoomAdmin, ZoomUser, ZoomUserPage, ZoomUserStatus } from '../../src/zoom/zoom-types';

const AS_GRANT: AsGrant = { accountId: undefined, accessToken: () => Promise.resolve('token') };

export class FakeGrants implements ActiveGrants {
  dead = false;

  async active(_connectorId: string, provider: 'zoom' | 'cloudlink') {
    if (this.dead) throw new AppError('reauthorization_required', 'An admin must authorise again.');
    return { grantId: provider, accountId: `account-${provider}`, tokens: AS_GRANT };
  }

  async check(): Promise<void> {}
}

/** Zoom's user list from memory; `before` runs before each page and may throw, wait or change the list. */
export class FakeZoom extends ZoomApi {
  users: ZoomUser[] = [];
  pageSize = 2000;
  calls = 0;
  before: (
    query: { status: ZoomUserStatus; pageToken: string | undefined },
    signal: AbortSignal,
  ) => void | Promise<void> = () => undefined;

  override async listUsers(
    _grant: AsGrant,
    query: { status: ZoomUserStatus; pageToken: string | undefined },
    signal: AbortSignal,
  ): Promise<ZoomUserPage> {
    this.calls += 1;
    await this.before(query, signal);
    const from = Number(query.pageToken ?? 0);
    const listed = this.users.filter((user) => user.status === query.status);
    const to = from + this.pageSize;
    return { users: listed.slice(from, to), nextPageToken: to < listed.length ? String(to) : undefined };
  }

  override getUser(): Promise<ZoomUser | undefined> {
    throw new Error('not part of a sync');
  }

  override whoAmI(): Promise<ZoomAdmin> {
    throw new Error('not part of a sync');
  }

  override permissions(): Promise<string[]> {
    throw new Error('not part of a sync');
  }
}

/** CloudLink's PSI resource from memory. */
export class FakeCloudLink extends CloudLinkApi {
  users: PsiUser[] = [];
  /** Broken items: they come with the first page. */
  problems: PsiProblem[] = [];
  pageSize = 1000;
  calls = 0;
  before: (position: string | undefined, signal: AbortSignal) => void | Promise<void> = () => undefined;
  /** What the page really says is next. */
  nextOf: (to: number) => string | undefined = (to) => (to < this.users.length ? `/psi?$skiptoken=${to}` : undefined);

  override async listPsiUsers(
    _grant: AsGrant,
    _accountId: string,
    position: string | undefined,
    signal: AbortSignal,
  ): Promise<PsiPage> {
    this.calls += 1;
    await this.before(position, signal);
    const from = Number(position?.split('=')[1] ?? 0);
    const users = this.users.slice(from, from + this.pageSize);
    const problems = from === 0 ? this.problems : [];
    return {
      users,
      problems,
      itemCount: users.length + problems.length,
      oldestChange: undefined,
      undated: 0,
      next: this.nextOf(from + this.pageSize),
    };
  }

  override listChangedPsiUsers(): Promise<PsiPage> {
    throw new Error('deltas are tested with the sandbox, which judges the filter');
  }

  override whoAmI(): Promise<CloudLinkAdmin> {
    throw new Error('not part of a sync');
  }
}

export const emailOf = (n: number): string => `user${n}@example.com`;

export function zoomUser(n: number, changes: Partial<ZoomUser> = {}): ZoomUser {
  return { id: `zoom-${n}`, email: emailOf(n), displayName: `Zoom ${n}`, status: 'active', ...changes };
}

export function psiUser(n: number, changes: Partial<PsiUser> = {}): PsiUser {
  return {
    userId: `cl-${n}`,
    email: emailOf(n),
    displayName: `User ${n}`,
    extension: String(2000 + n),
    status: 'ready',
    modifiedOn: '2026-11-23T10:00:00.000Z',
    licences: { zoomPsi: true, teleworker: 2 },
    pbx: { type: 'OSV', site: 'Munich' },
    credential: credential(n),
    ...changes,
  };
}

export function credential(n: number): PsiCredential {
  return {
    userName: `+49897007${n}`,
    authUserName: String(2000 + n),
    realm: 'pbx.example',
    ha1: [{ algorithm: 'MD5', ha1: ha1Of(n) }],
    targets: [{ role: 'sbc', host: 'sbc.example.com', port: 5061, transport: 'tls' }],
  };
}

export const ha1Of = (n: number): string => n.toString(16).padStart(32, '0');

export const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
