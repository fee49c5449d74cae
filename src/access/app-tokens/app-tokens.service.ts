import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { CONFIG } from '../../platform/config/config.token';
import type { Config } from '../../platform/config/config';
import { Database } from '../../platform/database/database';
import { audienceOf } from '../access-token';
import type { Principal, Scope } from '../principal';
import { SIGNING_ALGORITHM, SigningKeys, type PrivateJwk } from '../signing-keys';
import { unknownUser } from '../unknown-user';
import { parseUserKey } from '../user-key';
import { appClaims, type AppPlatform } from './app-identity';
import { AppUserRepository } from './app-user.repository';

/** Long enough for an app to register and report; Zoom's cloud makes a new one when it is needed. */
export const APP_TOKEN_SECONDS = 900;

/** What an app token may do to its own user. Whoever makes one must have all of it: a token cannot give more than its maker has. */
export const APP_SCOPES = ['status:read', 'credentials:read', 'registrations:write'] as const satisfies Scope[];

/** Short-lived access tokens for the app of one user on one platform, made by the machine client of the connector. */
@Injectable()
export class AppTokens {
  private signer: { kid: string; key: KeyObject } | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly users: AppUserRepository,
    private readonly keys: SigningKeys,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @returns a JWT @throws AppError `not_found` for unknown and removed users */
  async make(client: Principal, user: string, platform: AppPlatform, by: Actor): Promise<string> {
    const { connectorId, clientId, authorizationId } = client;
    const found = await this.users.find(this.database, connectorId, parseUserKey(user));
    if (found === undefined) throw unknownUser();
    const { userId } = found;
    const jti = randomUUID();
    // Before the token is made: what cannot be recorded is not handed out.
    await this.audit.record({
      ...by,
      connectorId,
      action: 'app_token.created',
      subject: userId,
      details: { platform, jti },
    });
    const { kid, key } = await this.signingKey();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({
      client_id: clientId,
      connector_id: connectorId,
      // It ends with what its maker was allowed.
      ...(authorizationId === undefined ? {} : { authorization_id: authorizationId }),
      scope: APP_SCOPES.join(' '),
      ...appClaims({ userId, platform }),
    })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'at+jwt', kid })
      .setIssuer(this.config.publicUrl)
      .setAudience(audienceOf(this.config))
      .setSubject(userId)
      .setJti(jti)
      .setIssuedAt(now)
      .setExpirationTime(now + APP_TOKEN_SECONDS)
      .sign(key);
  }

  private async signingKey(): Promise<{ kid: string; key: KeyObject }> {
    const [jwk] = await this.keys.privateJwks();
    if (jwk === undefined) throw new Error('there is no signing key');
    if (this.signer?.kid !== jwk.kid) this.signer = { kid: jwk.kid, key: toKey(jwk) };
    return this.signer;
  }
}

const toKey = ({ kty, crv, x, y, d }: PrivateJwk): KeyObject =>
  createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' });
