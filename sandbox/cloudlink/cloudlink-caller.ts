import type { SandboxRequest } from '../http/request';
import type { Claims } from '../oauth/jwt';
import type { CloudLinkPrincipal } from '../people';
import type { World } from '../world';
import { refuseCloudlink } from './cloudlink-error';
import type { CloudLinkTokens } from './cloudlink-tokens';

/**
 * Whose token comes with a request: `Authorization: <token>` as in Mitel's samples, or `Bearer <token>`.
 * @throws Refusal 401, or 403 for an app that does not say who it is
 */
export function cloudlinkCaller(
  world: World,
  tokens: CloudLinkTokens,
  request: SandboxRequest,
): { claims: Claims; login: CloudLinkPrincipal } {
  const header = request.headers.authorization ?? '';
  const caller = tokens.checkAccess(header.replace(/^bearer /i, ''));
  if (caller === undefined) throw refuseCloudlink(401);
  if (world.settings.requireMitelApp && request.headers['x-mitel-app'] === undefined) throw refuseCloudlink(403);
  return caller;
}

/** An admin of the account in the path; others get 403. A partner's admin may work on all accounts of the partner. */
export function mayAdminister(login: CloudLinkPrincipal, account: number): boolean {
  return login.role === 'PARTNER_ADMIN' || (login.role === 'ACCOUNT_ADMIN' && login.account === account);
}
