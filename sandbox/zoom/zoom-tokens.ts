import { randomBytes } from 'node:crypto';
import { accountPlan } from '../accounts';
import { JwtSigner, type Claims } from '../oauth/jwt';
import type { Family } from '../oauth/token-families';
import type { ZoomPerson } from '../people';
import type { World } from '../world';

/** On the wire Zoom says 3599, its documentation 3600. */
export const ZOOM_ACCESS_SECONDS = 3599;
const REFRESH_SECONDS = 90 * 86_400;

const ACCESS = 0;
const REFRESH = 1;

/** Of Zoom's page "OAuth error messages". */
const ZOOM_OAUTH_ERRORS = { invalidJwt: 4724, ownerGone: 4735, notFound: 4737, disabledByAdmin: 4738, newer: 4741 };

export type TokenCheck = { kind: 'valid'; family: Family } | { kind: 'expired' } | { kind: 'invalid' };

/** Zoom's tokens: shaped like JWTs, longer than 600 characters; a client has to treat them as opaque. */
export class ZoomTokens {
  private readonly signer: JwtSigner;

  constructor(private readonly world: World) {
    this.signer = new JwtSigner(world.options.seed, 'zoom', 'HS512');
  }

  /** The answer of the token endpoint for the family's present numbers. */
  answer(family: Family): Record<string, unknown> {
    return {
      access_token: this.token(family, ACCESS, family.accessNumber, ZOOM_ACCESS_SECONDS),
      token_type: 'bearer',
      refresh_token: this.token(family, REFRESH, family.refreshNumber, REFRESH_SECONDS),
      expires_in: ZOOM_ACCESS_SECONDS,
      scope: family.scope,
      api_url: 'https://api.zoom.us',
    };
  }

  checkAccess(token: string): TokenCheck {
    const read = this.read(token, ACCESS);
    if (read === undefined) return { kind: 'invalid' };
    const isOld = read.number < read.family.accessFloor || Number(read.claims['exp']) <= this.world.clock.nowSeconds();
    return isOld ? { kind: 'expired' } : { kind: 'valid', family: read.family };
  }

  /**
   * Only the newest refresh token of a living family is valid: there is no tolerance for reuse.
   * @returns the family, or Zoom's number of what is wrong
   */
  checkRefresh(token: string): Family | number {
    const claims = this.signer.verify(token);
    if (claims === undefined || claims['type'] !== REFRESH) return ZOOM_OAUTH_ERRORS.invalidJwt;
    const person = this.world.cast.zoomPeople().find((candidate) => candidate.id === claims['uid']);
    if (person === undefined) return ZOOM_OAUTH_ERRORS.ownerGone;
    const { zoomAdminDisabled, zoomInactiveAdminTokens } = this.world.settings;
    const isRefused = person.status === 'inactive' && zoomInactiveAdminTokens === 'refused';
    // Which number a deactivated owner has is assumed.
    if (zoomAdminDisabled || isRefused) return ZOOM_OAUTH_ERRORS.disabledByAdmin;
    const family = this.world.families.find(claims['fam']);
    if (family === undefined) return this.isAuthorised(person) ? ZOOM_OAUTH_ERRORS.newer : ZOOM_OAUTH_ERRORS.notFound;
    const isNewest = Number(claims['gno']) === family.refreshNumber;
    return isNewest && Number(claims['exp']) > this.world.clock.nowSeconds() ? family : ZOOM_OAUTH_ERRORS.notFound;
  }

  /** The family of any token, for revocation. */
  familyOf(token: string): Family | undefined {
    return (this.read(token, ACCESS) ?? this.read(token, REFRESH))?.family;
  }

  private isAuthorised(person: ZoomPerson): boolean {
    return this.world.families.all().some((family) => family.side === 'zoom' && family.person === person.key);
  }

  private token(family: Family, type: number, number: number, seconds: number): string {
    const now = this.world.clock.nowSeconds();
    const person = this.world.cast.zoomPerson(family.person);
    return this.signer.sign(
      { sv: '000001', v: '2.0', kid: 'b2d6c0f4-0000-4000-8000-5a9db0c5a9db' },
      {
        ver: 10,
        auid: randomBytes(16).toString('hex'),
        // Real tokens carry the code they came from; here it only gives them their real length.
        code: randomBytes(120).toString('base64url'),
        iss: `zm:cid:${family.clientId}`,
        gno: number,
        type,
        tid: 0,
        aud: 'https://oauth.zoom.us',
        uid: person?.id ?? '',
        aid: person === undefined ? '' : accountPlan(person.account).zoomAccountId,
        fam: family.id,
        nbf: now,
        iat: now,
        exp: now + seconds,
      },
    );
  }

  private read(token: string, type: number): { claims: Claims; family: Family; number: number } | undefined {
    const claims = this.signer.verify(token);
    if (claims === undefined || claims['type'] !== type) return undefined;
    const family = this.world.families.find(claims['fam']);
    if (family === undefined || family.side !== 'zoom' || this.world.cast.zoomPerson(family.person) === undefined)
      return undefined;
    return { claims, family, number: Number(claims['gno']) };
  }
}
