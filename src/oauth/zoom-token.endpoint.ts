import { AppError } from '../platform/errors/app-error';
import { asObject, asText } from '../platform/remote/read-fields';
import type { RemoteAnswer, RemoteHttp } from '../platform/remote/remote-http';
import { readTokenAnswer } from './read-token-answer';
import { TokenEndpoint, type RefreshOutcome, type TokenSet } from './token-endpoint';

export interface ZoomClientIdentity {
  clientId: string;
  clientSecret: string;
  oauthUrl: string;
}

/**
 * Zoom's token endpoint: HTTP Basic only, form body only (tokens in the query are refused since 2023), every refresh
 * rotates the refresh token. Error body `{reason, error}` under 400, formerly 401.
 * Source: developers.zoom.us/docs/integrations/oauth and …/oauth-error-messages.
 */
export class ZoomTokenEndpoint extends TokenEndpoint {
  override readonly provider = 'zoom';

  constructor(
    private readonly http: RemoteHttp,
    private readonly identity: ZoomClientIdentity,
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
    if (answer.status === 200) return readTokenAnswer(answer, 'Zoom');
    this.refuseWrongClient(answer);
    if (readError(answer).error === '') {
      // Zoom names an error; something in between does not. The admin's code is not to blame.
      throw new AppError('provider_unavailable', 'Zoom cannot be reached properly: something in between answered.', {
        retryable: true,
        detail: describe(answer),
      });
    }
    throw new AppError(
      'oauth_code_rejected',
      'Zoom did not accept the authorisation code: it is valid once and for five minutes.',
      { detail: describe(answer) },
    );
  }

  override async refresh(refreshToken: string, signal: AbortSignal): Promise<RefreshOutcome> {
    const answer = await this.post({ grant_type: 'refresh_token', refresh_token: refreshToken }, signal);
    if (answer.status === 200) return { kind: 'tokens', tokens: readTokenAnswer(answer, 'Zoom') };
    this.refuseWrongClient(answer);
    const { error, reason } = readError(answer);
    if (error === 'invalid_grant' || /invalid token/i.test(reason)) return { kind: 'dead', reason: 'invalid_grant' };
    throw new AppError(
      'provider_answer_invalid',
      'Zoom refused to renew the access token for a reason that this program does not know.',
      {
        retryable: true,
        detail: describe(answer),
      },
    );
  }

  /**
   * Takes the consent back. Zoom uninstalls the app for this user with it, and sends `app_deauthorized`.
   * Source: developer forum 18432. @throws AppError `misconfigured`, `provider_unavailable`
   */
  async revoke(token: string, signal: AbortSignal): Promise<void> {
    const answer = await this.post({ token }, signal, 'revoke');
    this.refuseWrongClient(answer);
    // A token that is not valid any more has nothing left to take back.
    if (answer.status === 200 || readError(answer).error !== '' || /invalid token/i.test(readError(answer).reason))
      return;
    throw new AppError('provider_unavailable', 'Zoom did not confirm that the app was removed.', {
      retryable: true,
      detail: describe(answer),
    });
  }

  /** A wrong client id or secret is our own fault: no grant may die of it. */
  private refuseWrongClient(answer: RemoteAnswer): void {
    const { error } = readError(answer);
    if (error === 'invalid_client' || error === 'unauthorized_client') {
      throw new AppError(
        'misconfigured',
        'Zoom does not accept this service’s client id or secret: check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET.',
        { detail: describe(answer) },
      );
    }
  }

  private post(
    form: Record<string, string>,
    signal: AbortSignal,
    endpoint: 'token' | 'revoke' = 'token',
  ): Promise<RemoteAnswer> {
    const { clientId, clientSecret, oauthUrl } = this.identity;
    return this.http.send({
      provider: 'zoom',
      account: undefined,
      rateClass: 'token',
      name: `zoom.${endpoint}`,
      method: 'POST',
      url: `${oauthUrl}/oauth/${endpoint}`,
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      form,
      signal,
      repeatable: false,
    });
  }
}

function readError(answer: RemoteAnswer): { error: string; reason: string } {
  const body = asObject(answer.body);
  return { error: asText(body?.['error']) ?? '', reason: asText(body?.['reason']) ?? '' };
}

/** Not the reason as such: Zoom quotes the code in it ("Invalid authorization code …"). */
const describe = (answer: RemoteAnswer): string =>
  `zoom.token: HTTP ${answer.status}, error ${readError(answer).error || 'none'}`;
