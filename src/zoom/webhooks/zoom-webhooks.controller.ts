import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RawBody, rawBodyOf } from '../../platform/http/raw-body';
import type { ValidationAnswer } from './answer-validation';
import { ZoomWebhookReceiver } from './zoom-webhook.receiver';

/** For Zoom alone, so it stands outside /v1 and its description. */
@ApiExcludeController()
@Controller('webhooks/zoom')
export class ZoomWebhooksController {
  constructor(private readonly receiver: ZoomWebhookReceiver) {}

  @Post()
  @HttpCode(200)
  @RawBody()
  receive(@Req() request: FastifyRequest): Promise<ValidationAnswer | undefined> {
    return this.receiver.receive({
      signature: headerOf(request, 'x-zm-signature'),
      timestamp: headerOf(request, 'x-zm-request-timestamp'),
      deliveryId: headerOf(request, 'x-zm-request-id'),
      body: rawBodyOf(request),
      requestId: request.id,
    });
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
