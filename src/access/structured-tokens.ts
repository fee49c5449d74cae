import { Injectable } from '@nestjs/common';
import type { AdapterPayload } from 'oidc-provider';
import { Database } from '../platform/database/database';
import { ClientStatusRepository } from './client-status.repository';
import { TokenVerifier, type InspectedToken } from './token-verifier';

/**
 * oidc-provider refuses JWTs at the revocation and introspection endpoints, because it does not store them and so knows
 * nothing of them; but we do. So there a JWT goes by another spelling, with "~" for "." (neither is base64url), which it
 * takes for an id and asks us about. Whoever sends that spelling has the token itself.
 */
export const toHandle = (jwt: string): string => jwt.replaceAll('.', '~');
const fromHandle = (handle: string): string => handle.replaceAll('~', '.');

/** Our access tokens, as far as oidc-provider wants to know them one by one. */
@Injectable()
export class StructuredTokens {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly status: ClientStatusRepository,
    private readonly database: Database,
  ) {}

  /** undefined: not ours, over, or of the other kind. */
  async find(model: string, handle: string): Promise<AdapterPayload | undefined> {
    const token = await this.inspect(handle);
    if (token === undefined || model !== kindOf(token)) return undefined;
    const { clientId, connectorId, claims, authorizationId } = token;
    return {
      // The handle itself: destroying the token comes back with it.
      jti: handle,
      kind: model,
      clientId,
      ...(model === 'AccessToken' ? { grantId: authorizationId, accountId: claims.sub } : {}),
      aud: claims.aud,
      scope: String(claims['scope']),
      iat: claims.iat,
      exp: claims.exp,
      extra: {
        connector_id: connectorId,
        ...(claims['user_id'] === undefined ? {} : { user_id: claims['user_id'], platform: claims['platform'] }),
      },
    };
  }

  /** A token that belongs to an authorization needs no list: it ends with all of it. */
  async revoke(handle: string): Promise<void> {
    const token = await this.inspect(handle);
    if (token === undefined || kindOf(token) === 'AccessToken') return;
    const expiresAt = new Date((token.claims.exp ?? 0) * 1000);
    await this.status.revokeToken(this.database, token.connectorId, token.tokenId, expiresAt);
  }

  private async inspect(handle: string): Promise<InspectedToken | undefined> {
    return handle.includes('~') ? this.tokens.inspect(fromHandle(handle)) : undefined;
  }
}

/** An app's token is one that its client has made, whether that client has an authorization or not. */
const kindOf = ({ authorizationId, claims }: InspectedToken): 'AccessToken' | 'ClientCredentials' =>
  authorizationId !== undefined && claims['user_id'] === undefined ? 'AccessToken' : 'ClientCredentials';
