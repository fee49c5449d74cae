import { Controller, Delete, Get, Header, HttpCode, Inject, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config/config';
import { CONFIG } from '../../platform/config/config.token';
import { AppError } from '../../platform/errors/app-error';
import { ApiProblems } from '../../platform/http/api-problems';
import { RequireSession } from '../access.decorators';
import { csrfTokenOf } from './csrf-token';
import { IDLE_SECONDS } from './judge-session';
import { clearSessionCookie, readSessionCookie } from './session-cookie';
import { SessionDto } from './sessions.dto';
import { Sessions } from './sessions.service';

/** The session of the console that asks. It begins at `/oauth/{provider}/start?to=console`. */
@ApiTags('Sessions')
@RequireSession()
@Controller('v1')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('session')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getSession',
    summary: 'Who is signed in, at which connector, and what requests that change something must bring',
  })
  @ApiOkResponse({ type: SessionDto })
  @ApiProblems(401)
  async get(@Req() request: FastifyRequest): Promise<SessionDto> {
    const secret = secretOf(request);
    const { connectorId, email, provider, role, expiresAt } = await this.sessions.find(secret);
    return {
      connectorId,
      admin: { email, provider, role },
      csrfToken: csrfTokenOf(secret),
      idleSeconds: IDLE_SECONDS,
      expiresAt: expiresAt.toISOString(),
    };
  }

  @Delete('session')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteSession', summary: 'Sign out' })
  @ApiNoContentResponse()
  @ApiProblems(401, 403)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.signOut(secretOf(request), placeOf(request));
    clearSessionCookie(reply, this.config.publicUrl);
  }

  @Delete('sessions')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteSessions',
    summary:
      'Sign out everywhere: every session that this admin has begun at the same provider ends, in whichever browser it is',
  })
  @ApiNoContentResponse()
  @ApiProblems(401, 403)
  async signOutEverywhere(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.signOutEverywhere(secretOf(request), placeOf(request));
    clearSessionCookie(reply, this.config.publicUrl);
  }
}

/** The guard has let it in by this. */
function secretOf(request: FastifyRequest): string {
  const secret = readSessionCookie(request);
  if (secret === undefined) throw new AppError('unauthenticated', 'Sign in first.');
  return secret;
}

const placeOf = (request: FastifyRequest): { requestId: string; address: string } => ({
  requestId: request.id,
  address: request.ip,
});
