import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalidRequest } from './validation';

/** For a POST that takes no body: an empty object is fine, a field that would be ignored is not. */
export class NoBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (body === undefined || body === null) return true;
    if (typeof body !== 'object' || Array.isArray(body)) {
      throw invalidRequest([{ field: 'body', rule: 'must be empty or an empty object' }]);
    }
    const fields = Object.keys(body).slice(0, 20);
    if (fields.length === 0) return true;
    throw invalidRequest(
      fields.map((field) => ({ field: field.slice(0, 100), rule: 'is not a field of this request' })),
    );
  }
}
