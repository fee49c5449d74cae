import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RawBody, rawBodyOf } from '../../platform/http/raw-body';
import { CloudLinkWebhookReceiver } from './cloudlink-webhook.receiver';

/** For CloudLink alone, so it stands outside /v1 and its description. */
@ApiExcludeController()
@Controller('webhooks/cloudlink')
export class CloudLinkWebhooksController {
  constructor(private readonly receiver: CloudLinkWebhookReceiver) {}

  @Post(':connectorId/:secret')
  @HttpCode(200)
  @RawBody()
  receive(
    @Param('connectorId') connectorId: string,
    @Param('secret') secret: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.receiver.receive({ connectorId, secret, body: rawBodyOf(request), requestId: request.id });
  }
}
