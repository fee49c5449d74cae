import { AppError } from '../platform/errors/app-error';
import type { AsGrant } from '../platform/remote/as-grant';
import { asText } from '../platform/remote/read-fields';
import type { RemoteHttp } from '../platform/remote/remote-http';
import { expectCloudLink } from './cloudlink-errors';
import { callCloudLink } from './cloudlink-http';

/**
 * CloudLink's service principals: `accounts/{id}/clients` of the admin service. Mitel's forum ("Authentication API for
 * service") documents making one and signing in with it; how one is deleted is our assumption.
 */
export class ServiceClientsClient {
  constructor(
    private readonly http: RemoteHttp,
    private readonly adminUrl: string,
  ) {}

  /** The number that client_credentials wants instead of the account's GUID. */
  async accountNumber(grant: AsGrant, accountId: string, signal: AbortSignal): Promise<string> {
    const answer = await callCloudLink(
      this.http,
      grant,
      { name: 'cloudlink.account', method: 'GET', url: this.accountUrl(accountId) },
      signal,
    );
    const number = asText(expectCloudLink(answer, 'cloudlink.account')['accountNumber'], 64);
    if (number === undefined) {
      throw new AppError('provider_answer_invalid', 'CloudLink did not say the number of the account.', {
        detail: 'cloudlink.account: accountNumber missing',
      });
    }
    return number;
  }

  /** @throws AppError `provider_rejected` where the account may not have service clients */
  async create(
    grant: AsGrant,
    accountId: string,
    signal: AbortSignal,
  ): Promise<{ clientId: string; clientSecret: string }> {
    const answer = await callCloudLink(
      this.http,
      grant,
      {
        name: 'cloudlink.clients.create',
        method: 'POST',
        url: `${this.accountUrl(accountId)}/clients`,
        json: { type: 'APP', role: 'ACCOUNT_ADMIN', name: 'Zoom CloudLink Connector' },
      },
      signal,
    );
    const body = expectCloudLink(answer, 'cloudlink.clients.create');
    const clientId = asText(body['clientId'], 256);
    const clientSecret = asText(body['clientSecret'], 4096);
    if (clientId === undefined || clientSecret === undefined) {
      throw new AppError('provider_answer_invalid', 'CloudLink made a service client without id or secret.', {
        detail: 'cloudlink.clients.create: clientId or clientSecret missing',
      });
    }
    return { clientId, clientSecret };
  }

  /** One that is gone already counts as deleted. */
  async delete(grant: AsGrant, accountId: string, clientId: string, signal: AbortSignal): Promise<void> {
    const answer = await callCloudLink(
      this.http,
      grant,
      {
        name: 'cloudlink.clients.delete',
        method: 'DELETE',
        url: `${this.accountUrl(accountId)}/clients/${encodeURIComponent(clientId)}`,
      },
      signal,
    );
    if (![200, 202, 204, 404].includes(answer.status)) expectCloudLink(answer, 'cloudlink.clients.delete');
  }

  private accountUrl(accountId: string): string {
    return `${this.adminUrl}/2017-09-01/accounts/${encodeURIComponent(accountId)}`;
  }
}
