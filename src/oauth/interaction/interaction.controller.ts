import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationRequests, SIGN_IN_PARAMETER } from '../../access/authorization-requests';
import { INTERACTION_PATH } from '../../access/paths';
import type { Config } from '../../platform/config/config';
import { CONFIG } from '../../platform/config/config.token';
import { chooseLanguage } from '../../platform/http/accept-language';
import { pageHeaders } from '../../platform/http/html-page';
import { RawBody, rawBodyOf } from '../../platform/http/raw-body';
import { AuthorisationService } from '../authorisation.service';
import { keepBrowserCookie } from '../browser-cookie';
import { PageFilter } from '../page.filter';
import { AGREE, renderConsent } from './render-consent';

const page = { schema: { type: 'string' } };
const signInQuery = ApiQuery({
  name: SIGN_IN_PARAMETER,
  required: false,
  schema: { type: 'string' },
  description: 'From the redirect after the sign-in',
});

/** The pages between a client's request and our answer to it: sign in at CloudLink, then agree or not. */
@ApiTags('Marketplace access')
@ApiParam({ name: 'uid', type: String, description: 'From the redirect of the authorization endpoint' })
@ApiProduces('text/html')
@UseFilters(PageFilter)
@Controller(INTERACTION_PATH)
export class InteractionController {
  constructor(
    private readonly requests: AuthorizationRequests,
    private readonly authorisation: AuthorisationService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':uid')
  @ApiOperation({ operationId: 'showConsent', summary: 'What the client asks for, once the admin has signed in' })
  @signInQuery
  @ApiResponse({ status: 200, description: 'A page with the question', ...page })
  @ApiResponse({ status: 303, description: 'To the sign-in at CloudLink' })
  @ApiResponse({ status: 400, description: 'A page: too late, or another browser', ...page })
  async show(
    @Param('uid') uid: string,
    @Query(SIGN_IN_PARAMETER) signInId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const pending = await this.requests.pending(uid, signInId, request.raw, reply.raw);
    if (pending.signIn === undefined) {
      await this.toSignIn(uid, request, reply);
      return;
    }
    const language = chooseLanguage(request.headers['accept-language']);
    // Chrome holds the form against each step of the way, and where Zoom leads the browser after its own address is not ours to know.
    void reply
      .headers(pageHeaders(["'self'", 'https:', pending.redirectOrigin]))
      .send(renderConsent(language, pending, pending.signIn, this.config.publicUrl));
  }

  @Get(':uid/sign-in')
  @ApiOperation({ operationId: 'signInForConsent', summary: 'Sign in at CloudLink, or again with another account' })
  @ApiResponse({ status: 303, description: 'To the sign-in at CloudLink' })
  @ApiResponse({ status: 400, description: 'A page: too late, or another browser', ...page })
  async signIn(@Param('uid') uid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.requests.pending(uid, undefined, request.raw, reply.raw);
    await this.toSignIn(uid, request, reply);
  }

  @Post(':uid')
  @RawBody()
  @HttpCode(303)
  @ApiOperation({ operationId: 'decideConsent', summary: 'The admin agrees or not' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ schema: { type: 'object', properties: { decision: { type: 'string', enum: [AGREE, 'decline'] } } } })
  @signInQuery
  @ApiResponse({
    status: 303,
    description: 'On the way back to the client, or to sign in again when the page was about an older sign-in',
  })
  @ApiResponse({ status: 400, description: 'A page: too late, or another browser', ...page })
  async decide(
    @Param('uid') uid: string,
    @Query(SIGN_IN_PARAMETER) signInId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isAgreed = new URLSearchParams(rawBodyOf(request).toString('utf8')).get('decision') === AGREE;
    const place = { requestId: request.id, address: request.ip };
    const location = isAgreed
      ? await this.requests.agree(uid, signInId, request.raw, reply.raw, place)
      : await this.requests.declineInBrowser(uid, request.raw, reply.raw);
    void reply.header('cache-control', 'no-store').redirect(location, 303);
  }

  private async toSignIn(uid: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const browser = keepBrowserCookie(request, reply, this.config.publicUrl);
    const location = await this.authorisation.start('cloudlink', browser, { interaction: uid });
    void reply.header('cache-control', 'no-store').redirect(location, 303);
  }
}
