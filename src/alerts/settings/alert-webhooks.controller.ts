import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { invalidRequest } from '../../platform/http/validation';
import { AddAlertWebhookDto, AlertWebhookListDto, NewAlertWebhookDto, toWebhookDto } from './alert-settings.dto';
import { AlertWebhooks } from './alert-webhooks';
import { actorOf } from '../../access/actor-of';

const webhookId = new ParseUUIDPipe({
  exceptionFactory: () => invalidRequest([{ field: 'webhookId', rule: 'must be a UUID' }]),
});
const ConnectorParam = ApiParam({
  name: 'connectorId',
  format: 'uuid',
  description: 'The connector of the access token',
});

@ApiTags('alerts')
@Controller('v1/connectors/:connectorId/alert-webhooks')
export class AlertWebhooksController {
  constructor(@Inject(AlertWebhooks) private readonly webhooks: AlertWebhooks) {}

  @Get()
  @RequireScopes('connector:manage')
  @ConnectorParam
  @ApiOperation({ operationId: 'listAlertWebhooks', summary: 'Where alerts are posted to, oldest first' })
  @ApiOkResponse({ type: AlertWebhookListDto })
  @ApiProblems(401, 403, 404)
  async list(@Caller() caller: Principal): Promise<AlertWebhookListDto> {
    return { items: (await this.webhooks.list(caller.connectorId)).map(toWebhookDto) };
  }

  @Post()
  @HttpCode(201)
  @RequireScopes('connector:manage')
  @ConnectorParam
  @ApiOperation({
    operationId: 'addAlertWebhook',
    summary: 'Have alerts posted to a URL',
    description:
      'Each alert is one POST of JSON. `x-zcc-signature` is `v0=` and the hexadecimal HMAC-SHA-256, keyed with the secret, of ' +
      '`v0:` + `x-zcc-request-timestamp` (seconds) + `:` + the raw body. `x-zcc-request-id` stays the same when it is sent ' +
      'again. Answer with 2xx within 5 seconds; anything else is tried again for about an hour. Redirects are not followed.',
  })
  @ApiCreatedResponse({ type: NewAlertWebhookDto })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415)
  async add(
    @Caller() caller: Principal,
    @Body() body: AddAlertWebhookDto,
    @Req() request: FastifyRequest,
  ): Promise<NewAlertWebhookDto> {
    const added = await this.webhooks.add(caller.connectorId, body.url, actorOf(caller, request));
    return { ...toWebhookDto(added), secret: added.secret };
  }

  @Delete(':webhookId')
  @HttpCode(204)
  @RequireScopes('connector:manage')
  @ConnectorParam
  @ApiParam({ name: 'webhookId', type: 'string', format: 'uuid', description: 'Id of a webhook' })
  @ApiOperation({ operationId: 'removeAlertWebhook', summary: 'Post no more alerts to a URL' })
  @ApiNoContentResponse()
  @ApiProblems(400, 401, 403, 404)
  remove(
    @Caller() caller: Principal,
    @Param('webhookId', webhookId) id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.webhooks.remove(caller.connectorId, id, actorOf(caller, request));
  }
}
