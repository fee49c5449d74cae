import type { ConnectorCipher } from '../platform/crypto/connector-cipher';
import type { Grant, ServiceClientSecret } from './grant';
import type { Provider } from './provider';
import type { TokenSet } from './token-endpoint';

/** A grant's present tokens, in clear: only between here and the provider. */
export interface GrantTokens {
  connectorId: string;
  grantId: string;
  provider: Provider;
  state: Grant['state'];
  accountId: string;
  accessToken: string | undefined;
  refreshToken: string | undefined;
  expiresAt: Date | undefined;
  /** Instead of a refresh token. */
  serviceClient: ServiceClientSecret | undefined;
}

export interface TokenRow {
  provider: Provider;
  state: Grant['state'];
  account_id: string;
  access_token: Buffer | null;
  refresh_token: Buffer | null;
  expires_at: Date | null;
  client_id: string | null;
  client_account: string | null;
  client_secret: Buffer | null;
}

type TokenColumn = 'grants.access_token' | 'grants.refresh_token';

export const openToken = (
  cipher: ConnectorCipher,
  sealed: Buffer | null,
  column: TokenColumn,
  row: string,
): string | undefined => (sealed === null ? undefined : cipher.open(sealed, { column, row }));

export function openServiceClient(
  cipher: ConnectorCipher,
  row: TokenRow,
  grantId: string,
): ServiceClientSecret | undefined {
  const { client_id: clientId, client_account: accountNumber, client_secret: sealed } = row;
  if (clientId === null || accountNumber === null || sealed === null) return undefined;
  return {
    clientId,
    accountNumber,
    clientSecret: cipher.open(sealed, { column: 'grants.client_secret', row: grantId }),
  };
}

export const sealTokens = (cipher: ConnectorCipher, row: string, tokens: TokenSet): [Buffer, Buffer | null] => [
  cipher.seal(tokens.accessToken, { column: 'grants.access_token', row }),
  tokens.refreshToken === undefined ? null : cipher.seal(tokens.refreshToken, { column: 'grants.refresh_token', row }),
];

export const expiry = (now: Date, tokens: TokenSet): Date => new Date(now.getTime() + tokens.expiresInSeconds * 1000);
