import { MITEL_APP_HEADER } from '../cloudlink/cloudlink-http';
import { AppError } from '../platform/errors/app-error';
import { asObject, asText } from '../platform/remote/read-fields';
import type { RemoteAnswer, RemoteHttp } from '../platform/remote/remote-http';
import type { ServiceClientSecret } from './grant';
import { readTokenAnswer } from './read-token-answer';
import { TokenEndpoint, type RefreshOutcome, type TokenSet } from './token-endpoint';

export interface CloudLinkClientIdentity {
  clientId: string;
  clientSecret: string | undefined;
  authUrl: string;
}

/**
 * CloudLink's token endpoint ("loosely OAuth 2.0"): JSON, no client secret and no redirect_uri in the official sample.
 * What a refused refresh looks like is not documented; see isRefreshRefused below. Source: Mitel developer programme samples.
 */
export class CloudLinkTokenEndpoint extends TokenEndpoint {
  override readonly provider = 'cloudlink';

  constructor(
    private readonly http: RemoteHttp,
    private readonly identity: CloudLinkClientIdentity,
  ) {
    super();
  }

  override async redeem(
    code: string,
    redirectUri: string,
    codeVerifier: string | undefined,
    signal: AbortSignal,
  ): Promise<TokenSet> {
    const verifier: Record<string, string> = codeVerifier === undefined ? {} : { code_verifier: codeVerifier };
    const answer = await this.post(
      { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...verifier },
      signal,
    );
    if (isSuccess(answer)) return readTokenAnswer(answer, 'CloudLink');
    refuseWrongClient(answer);
    refuseForeignAnswer(answer);
    throw new AppError(
      'oauth_code_rejected',
      'CloudLink did not accept the authorisation code: it is valid once and only for a short time.',
      { detail: describe(answer) },
    );
  }

  override async refresh(refreshToken: string, signal: AbortSignal): Promise<RefreshOutcome> {
    let answer = await this.post({ grant_type: 'refresh_token', refresh_token: refreshToken }, signal);
    if (answer.status === 400 && asObject(answer.body) !== undefined && !isInvalidGrant(answer)) {
      // Two names for the field are in use: `refresh_token` (Mitel's forum) and `token` (an SDK). A refusal as malformed
      // means that the first was not even looked at, so nothing has been rotated yet.
      answer = await this.post({ grant_type: 'refresh_token', token: refreshToken }, signal);
    }
    if (isSuccess(answer)) return { kind: 'tokens', tokens: readTokenAnswer(answer, 'CloudLink') };
    refuseWrongClient(answer);
    if (isRefreshRefused(answer)) return { kind: 'dead', reason: 'invalid_grant' };
    throw unknownRefusal(answer);
  }

  /**
   * Tokens for a service client (client_credentials; Mitel's forum, "Authentication API for service"). Its id and secret
   * are the grant: a refusal of them ends it, and says nothing about this service's own client id.
   */
  async clientCredentials(client: ServiceClientSecret, signal: AbortSignal): Promise<RefreshOutcome> {
    const answer = await this.send(
      {
        grant_type: 'client_credentials',
        client_id: client.clientId,
        client_secret: client.clientSecret,
        account_id: client.accountNumber,
      },
      signal,
    );
    if (isSuccess(answer)) return { kind: 'tokens', tokens: readTokenAnswer(answer, 'CloudLink') };
    if (isRefreshRefused(answer) || isClientRefused(answer)) return { kind: 'dead', reason: 'client_secret_refused' };
    throw unknownRefusal(answer);
  }

  private post(fields: Record<string, string>, signal: AbortSignal): Promise<RemoteAnswer> {
    const { clientId, clientSecret } = this.identity;
    return this.send(
      { ...fields, client_id: clientId, ...(clientSecret === undefined ? {} : { client_secret: clientSecret }) },
      signal,
    );
  }

  private send(json: Record<string, string>, signal: AbortSignal): Promise<RemoteAnswer> {
    return this.http.send({
      provider: 'cloudlink',
      account: undefined,
      rateClass: 'token',
      name: 'cloudlink.token',
      method: 'POST',
      url: `${this.identity.authUrl}/2017-09-01/token`,
      headers: { 'content-type': 'application/json', ...MITEL_APP_HEADER },
      json,
      signal,
      repeatable: false,
    });
  }
}

const isSuccess = (answer: RemoteAnswer): boolean => answer.status === 200 || answer.status === 201;

function errorName(answer: RemoteAnswer): string {
  const body = asObject(answer.body);
  return asText(body?.['error']) ?? asText(body?.['name']) ?? '';
}

/**
 * Only CloudLink's own words end a grant: a proxy in between may answer 401 or 403 too, with a page or an empty body.
 * The standard text of its 401 is "The request requires user authentication. The authorization has been refused."
 */
function isRefreshRefused(answer: RemoteAnswer): boolean {
  if (isInvalidGrant(answer)) return true;
  const message = asText(asObject(answer.body)?.['message'], 1000) ?? '';
  if (answer.status === 401) return /authenticat|authori[sz]|token|grant|expired|revoked/i.test(message);
  return answer.status === 400 && /token|grant/i.test(message);
}

const isInvalidGrant = (answer: RemoteAnswer): boolean => /invalid_?grant/i.test(errorName(answer));

/** Without a body in CloudLink's style it was not CloudLink that spoke: the admin's code is not to blame. */
function refuseForeignAnswer(answer: RemoteAnswer): void {
  if (asObject(answer.body) === undefined) {
    throw new AppError('provider_unavailable', 'CloudLink cannot be reached properly: something in between answered.', {
      retryable: true,
      detail: describe(answer),
    });
  }
}

function isClientRefused(answer: RemoteAnswer): boolean {
  const message = asText(asObject(answer.body)?.['message'], 1000) ?? '';
  return /(invalid|unauthorized)_?client/i.test(errorName(answer)) || /client[ _]?(id|secret)/i.test(message);
}

const unknownRefusal = (answer: RemoteAnswer): AppError =>
  new AppError(
    'provider_answer_invalid',
    'CloudLink refused to renew the access token for a reason that this program does not know.',
    { retryable: true, detail: describe(answer) },
  );

/** A wrong client id or secret is our own fault: no grant may die of it. */
function refuseWrongClient(answer: RemoteAnswer): void {
  if (isClientRefused(answer)) {
    throw new AppError(
      'misconfigured',
      'CloudLink does not accept this service’s client id or secret: check CLOUDLINK_CLIENT_ID and CLOUDLINK_CLIENT_SECRET.',
      { detail: describe(answer) },
    );
  }
}

const describe = (answer: RemoteAnswer): string =>
  `cloudlink.token: HTTP ${answer.status}, ${errorName(answer) || 'no error name'}, correlation ${answer.headers['x-mitel-correlation-id'] ?? 'none'}`;
