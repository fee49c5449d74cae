import { createHash } from 'node:crypto';
import { accountPlan } from '../accounts';
import { JwtSigner, type Claims } from '../oauth/jwt';
import type { Family } from '../oauth/token-families';
import type { CloudLinkPrincipal } from '../people';
import type { World } from '../world';

const REFRESH_SECONDS = 15 * 86_400;
const ISSUER = 'https://authentication.us-east-1.us.sandbox.api.mitel.io/cloudlink';

/** CloudLink's tokens: HS256, so that nobody but CloudLink can check them. */
export class CloudLinkTokens {
  private readonly signer: JwtSigner;

  constructor(private readonly world: World) {
    this.signer = new JwtSigner(world.options.seed, 'cloudlink', 'HS256');
  }

  /** `refresh: undefined` leaves the refresh token out of the answer. */
  answer(family: Family, login: CloudLinkPrincipal, refresh: string | undefined): Record<string, unknown> {
    const seconds = this.lifetime(family);
    return {
      token_type: 'bearer',
      expires_in: seconds,
      access_token: this.sign({ ...identity(login), ...this.place(family, 'access', family.accessNumber, seconds) }),
      ...(refresh === undefined ? {} : { refresh_token: refresh }),
      scope: family.scope,
    };
  }

  refreshToken(family: Family, login: CloudLinkPrincipal): string {
    return this.sign({
      accountId: accountPlan(login.account).cloudlinkAccountId,
      type: 'user',
      id: login.userId,
      assumedRole: login.role,
      authProvider: 'cloudlink',
      ...this.place(family, 'refresh', family.refreshNumber, REFRESH_SECONDS),
    });
  }

  /** The claims of a valid access token, and whose it is now. */
  checkAccess(token: string): { claims: Claims; login: CloudLinkPrincipal } | undefined {
    const read = this.read(token, 'access');
    return read === undefined || read.number < read.family.accessFloor ? undefined : read;
  }

  checkRefresh(token: string): { family: Family; login: CloudLinkPrincipal } | undefined {
    const read = this.read(token, 'refresh');
    return read === undefined || read.number !== read.family.refreshNumber ? undefined : read;
  }

  /** An hour plus up to ten minutes. Real tokens jitter too; here it follows from the token's number, for repeatable tests. */
  private lifetime(family: Family): number {
    const digest = createHash('sha256')
      .update(`${this.world.options.seed}|${family.person}|${family.accessNumber}`)
      .digest();
    return 3600 + (digest.readUInt16BE(0) % 601);
  }

  private sign(claims: Claims): string {
    return this.signer.sign({ typ: 'JWT' }, claims);
  }

  private place(family: Family, use: string, number: number, seconds: number): Claims {
    const now = this.world.clock.nowSeconds();
    return { iss: ISSUER, fam: family.id, use, num: number, iat: now, exp: now + seconds };
  }

  private read(
    token: string,
    use: string,
  ): { claims: Claims; family: Family; login: CloudLinkPrincipal; number: number } | undefined {
    const claims = this.signer.verify(token);
    if (claims === undefined || claims['use'] !== use || Number(claims['exp']) <= this.world.clock.nowSeconds())
      return undefined;
    const family = this.world.families.find(claims['fam']);
    const login = family?.side === 'cloudlink' ? this.world.principal(family.person) : undefined;
    return family === undefined || login === undefined
      ? undefined
      : { claims, family, login, number: Number(claims['num']) };
  }
}

/** Claims of an access token as seen in the wild. */
function identity(login: CloudLinkPrincipal): Claims {
  const plan = accountPlan(login.account);
  const domain = `${plan.cloudlinkAccountId}.us.sandbox.api.mitel.io`;
  return {
    uniqueUserId: login.userId,
    principalId: login.userId,
    userId: login.userId,
    accountId: plan.cloudlinkAccountId,
    partnerId: plan.partnerId,
    domain,
    email: login.email,
    emailVerified: true,
    extensionVerified: false,
    languageCode: 'de',
    mobileVerified: false,
    name: login.name,
    phoneVerified: false,
    role: login.role,
    sipAddress: `${login.userId}@${domain}`,
  };
}
