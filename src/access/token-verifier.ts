import { hash, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { Clock } from '../platform/clock/clock';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import { AppError } from '../platform/errors/app-error';
import { whenReady, type Awaitable } from '../platform/timing/when-ready';
import { readAppClaims, type AppIdentity } from './app-tokens/app-identity';
import { AppUserStatus } from './app-tokens/app-user-status';
import { audienceOf } from './authorization-server';
import { ClientStatus } from './client-status';
import { LruCache } from './lru-cache';
import { parseScopes } from './parse-scopes';
import type { Principal } from './principal';
import { SIGNING_ALGORITHM, SigningKeys } from './signing-keys';

const CLOCK_TOLERANCE_SECONDS = 5;
/** Ours have about 600 characters. */
const MAX_TOKEN_LENGTH = 4096;
const CAPACITY = 10_000;

interface Verified {
  principal: Principal;
  /** undefined: the token is a machine client's own. */
  app: AppIdentity | undefined;
  /** Seconds since the epoch. */
  expiresAt: number;
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

  /** @throws AppError `unauthenticated` when the token is not ours, expired, its client is revoked, or its user gone */
  verify(token: string): Awaitable<Principal> {
    if (token.length > MAX_TOKEN_LENGTH) throw refusal('too long');
    // The hash, not the token, so that a heap dump holds no usable tokens.
    const fingerprint = hash('sha256', token, 'base64');
    return whenReady(this.verified.get(fingerprint) ?? this.check(token, fingerprint), (verified) =>
      this.admit(verified, fingerprint),
    );
  }

  private admit({ principal, app, expiresAt }: Verified, fingerprint: string): Awaitable<Principal> {
    if (this.clock.now().getTime() / 1000 >= expiresAt + CLOCK_TOLERANCE_SECONDS) {
      this.verified.delete(fingerprint);
      throw refusal('expired');
    }
    return whenReady(this.clients.connectorOf(principal.clientId), (connectorId) => {
      if (connectorId !== principal.connectorId) throw refusal('the client is revoked');
      return app === undefined ? principal : this.asApp(principal, app);
    });
  }

  private asApp(principal: Principal, app: AppIdentity): Awaitable<Principal> {
    return whenReady(this.appUsers.namesOf(principal.connectorId, app.userId), (names) => {
      if (names === undefined) throw refusal('the user is removed, or the connector disconnected');
      return { ...principal, app: { ...app, email: names.email, zoomUserId: names.zoomUserId } };
    });
  }

  private async check(token: string, fingerprint: string): Promise<Verified> {
    const checked = readClaims(await this.checkSignature(token));
    this.verified.set(fingerprint, checked);
    return checked;
  }

  /** What jose finds wrong is the caller's fault; anything else (the database is away) is ours and passes through. */
  private async checkSignature(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyOf(header), {
        algorithms: [SIGNING_ALGORITHM],
        typ: 'at+jwt',
        issuer: this.config.publicUrl,
        audience: audienceOf(this.config),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: this.clock.now(),
        requiredClaims: ['exp', 'jti', 'scope', 'client_id', 'connector_id'],
      });
      return payload;
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

function readClaims(payload: JWTPayload): Verified {
  const { client_id, connector_id, scope, exp } = payload;
  const app = readAppClaims(payload);
  if (
    app === 'wrong' ||
    typeof client_id !== 'string' ||
    typeof connector_id !== 'string' ||
    typeof scope !== 'string' ||
    exp === undefined
  )
    throw refusal('claims of a wrong type');
  return {
    principal: { clientId: client_id, connectorId: connector_id, scopes: new Set(parseScopes(scope).scopes) },
    app: app === 'none' ? undefined : app,
    expiresAt: exp,
  };
}

/** One public sentence for every reason; which one it was is for our log. */
const refusal = (detail: string, cause?: unknown): AppError =>
  new AppError('unauthenticated', 'The access token is not valid, has expired, or its client was revoked.', {
    detail,
    cause,
  });
