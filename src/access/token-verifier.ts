import { hash, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { Clock } from '../platform/clock/clock';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import { AppError } from '../platform/errors/app-error';
import { audienceOf, CLOCK_TOLERANCE_SECONDS } from './access-token';
import { whenReady, type Awaitable } from '../platform/timing/when-ready';
import { readAppClaims, type AppIdentity } from './app-tokens/app-identity';
import { AppUserStatus } from './app-tokens/app-user-status';
import { ClientStatus } from './client-status';
import type { Standing } from './client-status.repository';
import { LruCache } from './lru-cache';
import { parseScopes } from './parse-scopes';
import type { Principal } from './principal';
import { SIGNING_ALGORITHM, SigningKeys } from './signing-keys';

/** Ours have about 600 characters. */
const MAX_TOKEN_LENGTH = 4096;
const CAPACITY = 10_000;

interface Verified {
  principal: Principal;
  /** undefined: the token is a machine client's own. */
  app: AppIdentity | undefined;
  tokenId: string;
  keyId: string;
  /** Seconds since the epoch. */
  expiresAt: number;
}

/** A token that is good at this moment, for whoever wants to know about it rather than to use it. */
export interface InspectedToken {
  clientId: string;
  connectorId: string;
  authorizationId: string | undefined;
  tokenId: string;
  claims: JWTPayload;
}

/** From an access token to its principal. A token that was verified once costs one hash the next time: no signature check, no promise. */
@Injectable()
export class TokenVerifier {
  private readonly verified = new LruCache<Verified>(CAPACITY);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly keys: SigningKeys,
    private readonly clients: ClientStatus,
    private readonly appUsers: AppUserStatus,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `unauthenticated` when the token is not ours, expired or revoked, its client revoked, or its user gone */
  verify(token: string): Awaitable<Principal> {
    if (token.length > MAX_TOKEN_LENGTH) throw refusal('too long');
    // The hash, not the token, so that a heap dump holds no usable tokens.
    const fingerprint = hash('sha256', token, 'base64');
    return whenReady(this.verified.get(fingerprint) ?? this.check(token, fingerprint), (verified) =>
      this.admit(verified, fingerprint),
    );
  }

  private admit(verified: Verified, fingerprint: string): Awaitable<Principal> {
    const { principal, app, expiresAt } = verified;
    if (this.clock.now().getTime() / 1000 >= expiresAt + CLOCK_TOLERANCE_SECONDS || !this.keys.trusts(verified.keyId)) {
      this.verified.delete(fingerprint);
      throw refusal('expired, or its key was retired');
    }
    return whenReady(this.clients.standingOf(principal.clientId, principal.authorizationId), (standing) => {
      checkStanding(verified, standing);
      return app === undefined ? principal : this.asApp(principal, app);
    });
  }

  /** As of this moment, past every cache. undefined: not good (any more) */
  async inspect(token: string): Promise<InspectedToken | undefined> {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    try {
      const { payload, keyId } = await this.checkSignature(token);
      const verified = readClaims(payload, keyId);
      const { clientId, connectorId, authorizationId } = verified.principal;
      checkStanding(verified, await this.clients.ask(clientId, authorizationId));
      if (verified.app !== undefined) await this.asApp(verified.principal, verified.app);
      return { clientId, connectorId, authorizationId, tokenId: verified.tokenId, claims: payload };
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') return undefined;
      throw error;
    }
  }

  private asApp(principal: Principal, app: AppIdentity): Awaitable<Principal> {
    return whenReady(this.appUsers.namesOf(principal.connectorId, app.userId), (names) => {
      if (names === undefined) throw refusal('the user is removed, or the connector disconnected');
      return { ...principal, app: { ...app, email: names.email, zoomUserId: names.zoomUserId } };
    });
  }

  private async check(token: string, fingerprint: string): Promise<Verified> {
    const { payload, keyId } = await this.checkSignature(token);
    const checked = readClaims(payload, keyId);
    this.verified.set(fingerprint, checked);
    return checked;
  }

  /** What jose finds wrong is the caller's fault; anything else (the database is away) is ours and passes through. */
  private async checkSignature(token: string): Promise<{ payload: JWTPayload; keyId: string }> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, (header) => this.keyOf(header), {
        algorithms: [SIGNING_ALGORITHM],
        typ: 'at+jwt',
        issuer: this.config.publicUrl,
        audience: audienceOf(this.config),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: this.clock.now(),
        requiredClaims: ['exp', 'jti', 'scope', 'client_id', 'connector_id'],
      });
      return { payload, keyId: protectedHeader.kid ?? '' };
    } catch (error) {
      throw error instanceof errors.JOSEError ? refusal(error.code, error) : error;
    }
  }

  private async keyOf({ kid }: JWTHeaderParameters): Promise<KeyObject> {
    const key = kid === undefined ? undefined : await this.keys.publicKey(kid);
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}

function readClaims(payload: JWTPayload, keyId: string): Verified {
  const { client_id, connector_id, authorization_id, scope, exp, jti } = payload;
  const app = readAppClaims(payload);
  if (
    app === 'wrong' ||
    typeof client_id !== 'string' ||
    typeof connector_id !== 'string' ||
    typeof scope !== 'string' ||
    (authorization_id !== undefined && typeof authorization_id !== 'string') ||
    typeof jti !== 'string' ||
    exp === undefined
  )
    throw refusal('claims of a wrong type');
  return {
    principal: {
      clientId: client_id,
      connectorId: connector_id,
      scopes: new Set(parseScopes(scope).scopes),
      ...(authorization_id === undefined ? {} : { authorizationId: authorization_id }),
    },
    app: app === 'none' ? undefined : app,
    tokenId: jti,
    keyId,
    expiresAt: exp,
  };
}

function checkStanding({ principal, tokenId }: Verified, standing: Standing | undefined): void {
  if (standing?.connectorId !== principal.connectorId) throw refusal('the client or its authorization is revoked');
  if (standing.revokedTokens.includes(tokenId)) throw refusal('the token is revoked');
}

/** One public sentence for every reason; which one it was is for our log. */
const refusal = (detail: string, cause?: unknown): AppError =>
  new AppError('unauthenticated', 'The access token is not valid, has expired, or its client was revoked.', {
    detail,
    cause,
  });
