import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import type { Awaitable } from '../platform/timing/when-ready';
import { bearerToken } from './bearer-token';
import type { Principal } from './principal';
import { checkCsrf } from './sessions/csrf-token';
import { readSessionCookie } from './sessions/session-cookie';
import { principalOf, Sessions } from './sessions/sessions.service';
import { TokenVerifier } from './token-verifier';

/** A page that asks by itself, without a person's hand, says so with this header (any value). */
const BACKGROUND_HEADER = 'x-background';

/** Who calls: by an access token, or by the cookie of a console's session. A request with an Authorization header is judged by that alone. */
@Injectable()
export class Callers {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /** Without a promise for a token that is known. @throws AppError `unauthenticated`, `csrf_token_invalid`, also as a rejection */
  identify(request: FastifyRequest): Awaitable<Principal> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.tokens.verify(bearerToken(authorization));
    const secret = readSessionCookie(request);
    return secret === undefined ? this.tokens.verify(bearerToken(undefined)) : this.ofSession(request, secret);
  }

  /** A question for later: whether whoever made this request may still be here. It keeps no session alive. @throws AppError `unauthenticated`, as a rejection */
  watch(request: FastifyRequest): () => Promise<unknown> {
    const { authorization } = request.headers;
    const secret = authorization === undefined ? readSessionCookie(request) : undefined;
    if (secret !== undefined) return () => this.sessions.find(secret);
    const token = bearerToken(authorization);
    return async () => this.tokens.verify(token);
  }

  private async ofSession(request: FastifyRequest, secret: string): Promise<Principal> {
    const session = await this.sessions.admit(secret);
    // What another site sends neither does anything nor keeps the session alive.
    checkCsrf(request, secret, this.config.publicUrl);
    if (isUse(request)) await this.sessions.use(session);
    return principalOf(session);
  }
}

/** A browser opens a stream of events again and again by itself, and cannot add a header to it. */
const isUse = ({ headers }: FastifyRequest): boolean =>
  headers[BACKGROUND_HEADER] === undefined && headers.accept !== 'text/event-stream';
