import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setSessionCookie } from '../access/sessions/session-cookie';
import { Sessions } from '../access/sessions/sessions.service';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { chooseLanguage } from '../platform/http/accept-language';
import { pageHeaders } from '../platform/http/html-page';
import { toAppError } from '../platform/http/problem';
import { AuthoriseLinks } from './authorise-links';
import { AuthorisationService, type BrowserVisit, type Finished } from './authorisation.service';
import { keepBrowserCookie, readBrowserCookie } from './browser-cookie';
import { canonicalStart } from './canonical-start';
import { arrivalUrl, FailedForConsole, isForConsole } from './console-arrival';
import { readLoginHint } from './read-login-hint';
import { needsAdmin } from './grant-replaced';
import { LinkConfirmation } from './link-confirmation';
import { PageFilter } from './page.filter';
import { renderConfirmation, renderLinked } from './pages/render-page';
import { parseProvider } from './parse-provider';
import { PROVIDERS } from './provider';
import { SignIns } from './interaction/sign-ins.service';
import { readCallback } from './read-callback';
import { SignInFailed } from './sign-in-failed';

/** The browser's way through both providers; either side first. */
@ApiTags('Connect')
@ApiParam({ name: 'provider', enum: PROVIDERS })
@ApiProduces('text/html')
@UseFilters(PageFilter)
@Controller('oauth/:provider')
export class OAuthController {
  constructor(
    private readonly authorisation: AuthorisationService,
    private readonly links: AuthoriseLinks,
    private readonly signIns: SignIns,
    private readonly confirmation: LinkConfirmation,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('start')
  @ApiOperation({
    operationId: 'startAuthorisation',
    summary: 'Send an admin’s browser to the provider’s login and consent page',
  })
  @ApiQuery({ name: 'connector', required: false, description: 'From a signed link: the connector to authorise again' })
  @ApiQuery({ name: 'expires', required: false, description: 'From a signed link' })
  @ApiQuery({ name: 'signature', required: false, description: 'From a signed link' })
  @ApiQuery({
    name: 'confirmed',
    required: false,
    description: 'From the page that asks whether the two accounts belong together',
  })
  @ApiQuery({
    name: 'to',
    required: false,
    enum: ['console'],
    description: 'Come back to the console, whatever happens',
  })
  @ApiQuery({
    name: 'as',
    required: false,
    schema: { type: 'string' },
    description: 'In sandbox mode: the person whom the emulated provider suggests',
  })
  @ApiResponse({
    status: 200,
    description:
      'A page: the link joins two accounts for the first time, and this browser is not signed in to the connector',
    schema: { type: 'string' },
  })
  @ApiResponse({ status: 302, description: 'To the provider, with state and, at Zoom, a PKCE challenge' })
  @ApiResponse({ status: 303, description: 'With `to=console`: to the console, which says what is wrong' })
  @ApiResponse({
    status: 400,
    description: 'A page: the link was changed or has expired',
    schema: { type: 'string' },
  })
  @ApiResponse({ status: 404, description: 'A page: no such provider', schema: { type: 'string' } })
  async start(
    @Param('provider') name: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const provider = parseProvider(name);
    const { publicUrl } = this.config;
    const connectorId = this.links.read(provider, query);
    const rest = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
    const elsewhere = canonicalStart(request.headers.host, publicUrl, provider, rest);
    if (elsewhere !== undefined) {
      void reply.header('cache-control', 'no-store').redirect(elsewhere, 302);
      return;
    }
    const browser = keepBrowserCookie(request, reply, publicUrl);
    if (connectorId !== undefined) {
      const link = { provider, connectorId, browser };
      const other = await this.confirmation.needed(link, query['confirmed']);
      if (other !== undefined) {
        const yes = new URL(`${publicUrl}/oauth/${provider}/start${rest}`);
        yes.searchParams.set('confirmed', this.confirmation.yesTo(link));
        const language = chooseLanguage(request.headers['accept-language']);
        void reply.headers(pageHeaders()).send(renderConfirmation(language, provider, other, yes.href));
        return;
      }
    }
    const location = await this.authorisation.start(provider, browser, {
      connectorId,
      toConsole: isForConsole(query),
      loginHint: readLoginHint(query),
    });
    void reply.header('cache-control', 'no-store').redirect(location, 302);
  }

  @Get('callback')
  @ApiOperation({ operationId: 'finishAuthorisation', summary: 'Where the provider sends the browser back to' })
  @ApiQuery({ name: 'code', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'state', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'error', required: false, schema: { type: 'string' } })
  @ApiResponse({
    status: 200,
    description: 'A page: what is left to do, or that both sides are linked',
    schema: { type: 'string' },
  })
  @ApiResponse({
    status: 303,
    description:
      'To the consent for Zoom’s cloud, which waited for this sign-in, or back to Zoom when it was cancelled; to the console when it was begun there, with what became of it',
  })
  @ApiResponse({
    status: 400,
    description: 'A page: the attempt is not valid (forged, reused, another browser, too late, code refused)',
    schema: { type: 'string' },
  })
  @ApiResponse({
    status: 403,
    description: 'A page: consent declined, or a role is missing',
    schema: { type: 'string' },
  })
  @ApiResponse({ status: 404, description: 'A page: no such provider', schema: { type: 'string' } })
  @ApiResponse({
    status: 409,
    description: 'A page: the account is already linked with another one',
    schema: { type: 'string' },
  })
  @ApiResponse({
    status: 502,
    description: 'A page: the provider gave an answer that cannot be used',
    schema: { type: 'string' },
  })
  @ApiResponse({ status: 503, description: 'A page: the provider cannot be reached', schema: { type: 'string' } })
  async callback(
    @Param('provider') name: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const provider = parseProvider(name);
    const visit = { browser: readBrowserCookie(request), requestId: request.id, address: request.ip };
    const finished = await this.authorisation.finish(provider, readCallback(query), visit).catch((error: unknown) => {
      if (error instanceof SignInFailed && error.code === 'oauth_declined') return error;
      throw error;
    });
    if (finished instanceof SignInFailed || finished.interaction !== undefined) {
      void reply.header('cache-control', 'no-store').redirect(await this.signIns.goOn(finished), 303);
      return;
    }
    const isSignedIn = await this.signIn(finished, visit, reply).catch((error: unknown) => {
      throw finished.toConsole ? new FailedForConsole(toAppError(error)) : error;
    });
    if (finished.toConsole) {
      if (!isSignedIn) throw new FailedForConsole(needsAdmin(provider));
      const result = finished.result.standby ? 'standby' : 'signed_in';
      const location = arrivalUrl(this.config.publicUrl, provider, { result });
      void reply.header('cache-control', 'no-store').redirect(location, 303);
      return;
    }
    const language = chooseLanguage(request.headers['accept-language']);
    void reply.headers(pageHeaders()).send(renderLinked(language, provider, finished.result, this.config.publicUrl));
  }

  /** Whoever authorises has proven who they are: the browser is signed in to the console, too. @returns false: the grant died in between */
  private async signIn({ result }: Finished, visit: BrowserVisit, reply: FastifyReply): Promise<boolean> {
    const { connectorId, grantId } = result;
    const { browser = '', requestId, address } = visit;
    const secret = await this.sessions.begin({ connectorId, grantId, browser }, { requestId, address });
    if (secret !== undefined) setSessionCookie(reply, secret, this.config.publicUrl);
    return secret !== undefined;
  }
}
