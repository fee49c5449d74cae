import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/audit/actor';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import { Authorizations } from './authorizations.service';
import { checkClientName } from './check-client-name';
import { checkRedirectUri } from './check-redirect-uri';
import {
  MarketplaceClientRepository,
  type LiveMarketplaceClient,
  type MarketplaceClientRow,
} from './marketplace-client.repository';
import type { Scope } from './principal';
import { hashSecret, makeSecret } from './secret-hash';

const CLIENT_ID = /^zcm_[0-9a-f]{32}$/;

export const isMarketplaceClientId = (text: string): boolean => CLIENT_ID.test(text);

export interface NewMarketplaceClient {
  clientId: string;
  /** Shown this once; only its hash is kept. */
  clientSecret: string;
  redirectUris: string[];
  scope: string;
}

/** Zoom's cloud as an OAuth client of ours: registered once by the operator, bound to a connector by each authorization. */
@Injectable()
export class MarketplaceClients {
  constructor(
    private readonly database: Database,
    private readonly repository: MarketplaceClientRepository,
    private readonly authorizations: Authorizations,
    private readonly clock: Clock,
  ) {}

  /** @param name what the consent page calls it @throws AppError `invalid_request` */
  async create(redirectUris: readonly string[], scopes: readonly Scope[], name: string): Promise<NewMarketplaceClient> {
    checkClientName(name);
    for (const uri of redirectUris) checkRedirectUri(uri);
    if (redirectUris.length === 0 || scopes.length === 0)
      throw new AppError('invalid_request', 'A marketplace client needs a redirect address and a scope.');
    const clientId = `zcm_${randomBytes(16).toString('hex')}`;
    const clientSecret = makeSecret();
    const client = { clientId, name, redirectUris: [...new Set(redirectUris)], scope: scopes.join(' ') };
    await this.repository.insert(this.database, {
      ...client,
      secretHash: hashSecret(clientSecret),
      now: this.clock.now(),
    });
    return { clientId, clientSecret, redirectUris: client.redirectUris, scope: client.scope };
  }

  /** Oldest first, revoked ones too. */
  list(): Promise<MarketplaceClientRow[]> {
    return this.repository.list(this.database);
  }

  /** Ends all its authorizations, in every connector. @throws AppError `not_found` */
  revoke(clientId: string, actor: Actor): Promise<MarketplaceClientRow> {
    return this.database.transaction(async (transaction) => {
      const row = isMarketplaceClientId(clientId)
        ? await this.repository.revoke(transaction, clientId, this.clock.now())
        : undefined;
      if (row === undefined) throw new AppError('not_found', 'There is no such client.');
      await this.authorizations.endAllOfClient(clientId, actor, transaction);
      return row;
    });
  }

  /** undefined: unknown or revoked. A text that cannot be an id of ours never reaches the database. */
  async findLive(clientId: string): Promise<LiveMarketplaceClient | undefined> {
    return isMarketplaceClientId(clientId) ? this.repository.findLive(this.database, clientId) : undefined;
  }
}
