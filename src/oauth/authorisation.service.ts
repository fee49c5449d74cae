import type { CloudLinkApi } from '../cloudlink/cloudlink-api';
import { AppError } from '../platform/errors/app-error';
import { toAppError } from '../platform/http/problem';
import type { AsGrant } from '../platform/remote/as-grant';
import { withTraces } from '../platform/remote/trace-scope';
import type { ZoomApi } from '../zoom/zoom-api';
import { AttemptRefused, type Attempt, type AttemptStore } from './attempt.store';
import type { AuthorisationListener, LinkResult } from './authorisation-listener';
import { FailedForConsole } from './console-arrival';
import type { NewGrant } from './grant';
import { PROVIDER_NAMES, type Provider } from './provider';
import type { ProviderStrategy } from './provider.strategy';
import type { Callback } from './read-callback';
import { missingRole } from './required-roles';
import { SignInFailed } from './sign-in-failed';
import type { TokenSet } from './token-endpoint';

export interface BrowserVisit {
  browser: string | undefined;
  requestId: string;
  address: string;
}

/** A way through a provider that came to its end. */
export interface Finished {
  grant: NewGrant;
  result: LinkResult;
  /** The authorization at us that goes on now. */
  interaction: string | undefined;
  toConsole: boolean;
}

/** What a browser sets out for. */
export interface Departure {
  /** The connector that a signed link names; undefined: a new one, or the one that this browser sets up. */
  connectorId?: string | undefined;
  /** The authorization at us that this is the sign-in of. */
  interaction?: string;
  toConsole?: boolean;
  /** In sandbox mode: the person to suggest. */
  loginHint?: string | undefined;
}

/** Longer than the slowest provider, shorter than an admin's patience. */
const CALLBACK_TIMEOUT_MS = 45_000;

/** An admin's way through one provider: to its login page, back with a code, roles checked, grant kept. */
export class AuthorisationService {
  constructor(
    private readonly strategies: Record<Provider, ProviderStrategy>,
    private readonly attempts: AttemptStore,
    private readonly zoom: ZoomApi,
    private readonly cloudlink: CloudLinkApi,
    private readonly listener: AuthorisationListener,
  ) {}

  /** Where to send the browser. */
  async start(provider: Provider, browser: string, departure: Departure): Promise<string> {
    const { connectorId, interaction, toConsole = false, loginHint } = departure;
    const result = await this.strategies[provider].run({
      query: {},
      browser,
      connectorId,
      interaction,
      toConsole,
      loginHint,
      signal: AbortSignal.timeout(CALLBACK_TIMEOUT_MS),
    });
    if (result.kind !== 'redirect') throw new Error('an authorisation can only start with a redirect');
    return result.location;
  }

  /**
   * @throws AppError `oauth_state_invalid`, `oauth_declined`, `oauth_code_rejected`, `missing_role`, `account_already_linked`, `provider_…`
   * @throws SignInFailed with one of these inside, when an authorization at us waits for it
   * @throws FailedForConsole with one of these inside, when the browser came from the console
   */
  finish(provider: Provider, callback: Callback, visit: BrowserVisit): Promise<Finished> {
    return withTraces(async () => {
      let attempt: Attempt | undefined;
      try {
        return await this.redeem(provider, callback, visit, (taken) => (attempt = taken));
      } catch (error) {
        throw forWhoever(error, attempt);
      }
    });
  }

  private async redeem(
    provider: Provider,
    callback: Callback,
    visit: BrowserVisit,
    onAttempt: (attempt: Attempt) => void,
  ): Promise<Finished> {
    if (callback.kind === 'refused') {
      onAttempt(await this.attempts.take(provider, callback.state, visit.browser));
      throw new AppError(
        'oauth_declined',
        `${PROVIDER_NAMES[provider]} did not give its consent. Nothing was stored.`,
        { detail: `error ${callback.error}` },
      );
    }
    const signal = AbortSignal.timeout(CALLBACK_TIMEOUT_MS);
    const query = { code: callback.code, state: callback.state };
    let attempt: Attempt | undefined;
    const result = await this.strategies[provider].run({
      query,
      browser: visit.browser,
      connectorId: undefined,
      interaction: undefined,
      toConsole: false,
      loginHint: undefined,
      onAttempt: (taken) => {
        attempt = taken;
        onAttempt(taken);
      },
      signal,
    });
    if (result.kind !== 'authorised') throw new Error('a callback with a code cannot lead to a redirect');
    const { tokens, connectorId } = result.authorised;
    const { interaction, toConsole = false } = attempt ?? {};
    const grant = await this.whoAuthorised(provider, tokens, interaction !== undefined, signal);
    const linked = await this.listener.authorised({
      grant,
      tokens,
      browser: visit.browser ?? '',
      connectorId,
      toConsole,
      requestId: visit.requestId,
      address: visit.address,
    });
    return { grant, result: linked, interaction, toConsole };
  }

  /** Asks the provider who this is, and refuses before anything is stored when a role is missing. */
  private async whoAuthorised(
    provider: Provider,
    tokens: TokenSet,
    isConsent: boolean,
    signal: AbortSignal,
  ): Promise<NewGrant> {
    const asGrant: AsGrant = { accountId: undefined, accessToken: async () => tokens.accessToken };
    if (provider === 'zoom') {
      const admin = await this.zoom.whoAmI(asGrant, signal);
      const privileges = await this.zoom.permissions(asGrant, admin.userId, signal);
      refuseMissing(missingRole('zoom', privileges), admin.email);
      return {
        provider,
        accountId: admin.accountId,
        subjectId: admin.userId,
        subjectEmail: admin.email,
        subjectRole: admin.roleName,
      };
    }
    const admin = await this.cloudlink.whoAmI(asGrant, signal);
    refuseMissing(missingRole('cloudlink', [admin.role], isConsent), admin.email);
    return {
      provider,
      accountId: admin.accountId,
      subjectId: admin.userId,
      subjectEmail: admin.email,
      subjectRole: admin.role,
    };
  }
}

/** What failed, told to where the browser came from. */
function forWhoever(error: unknown, attempt: Attempt | undefined): unknown {
  if (attempt?.interaction !== undefined) return new SignInFailed(toAppError(error), attempt.interaction);
  const toConsole = attempt?.toConsole === true || (error instanceof AttemptRefused && error.toConsole);
  return toConsole ? new FailedForConsole(toAppError(error)) : error;
}

function refuseMissing(missing: string | undefined, email: string): void {
  if (missing !== undefined)
    throw new AppError('missing_role', `${email === '' ? 'This user' : email} lacks ${missing}. Nothing was stored.`);
}
