import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config/config';
import { CONFIG } from '../../platform/config/config.token';
import { AppError } from '../../platform/errors/app-error';
import { isDirectLoopback } from './is-direct-loopback';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** With METRICS_TOKEN: whoever has it. Without: programs on this machine; for all others there is nothing here. */
@Injectable()
export class MetricsAccessGuard implements CanActivate {
  private readonly expected: Buffer | undefined;

  constructor(@Inject(CONFIG) { metricsToken }: Config) {
    this.expected = metricsToken === undefined ? undefined : digest(metricsToken);
  }

  canActivate(context: ExecutionContext): boolean {
    const { headers, raw } = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.expected === undefined) {
      if (isDirectLoopback(raw.socket.remoteAddress, headers)) return true;
      throw new AppError('not_found', 'There is nothing at this address.');
    }
    // Hashes have one length, so the time tells nothing about the token, not even how long it is.
    const [, token = ''] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (timingSafeEqual(digest(token), this.expected)) return true;
    throw new AppError('unauthenticated', 'Send the token of METRICS_TOKEN: "Authorization: Bearer <token>".');
  }
}
