import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { Callers } from '../../access/callers';
import type { Principal } from '../../access/principal';
import type { Language } from '../../platform/config/config';
import { ApiProblems } from '../../platform/http/api-problems';
import { ApiReplyLanguage, ReplyLanguage } from '../../platform/http/reply-language';
import { invalidRequest } from '../../platform/http/validation';
import { formatEvent } from './event-stream';
import { StatusEvents } from './status-events';

@ApiTags('users')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@Controller('v1/connectors/:connectorId/status-events')
export class StatusEventsController {
  constructor(
    private readonly events: StatusEvents,
    private readonly callers: Callers,
  ) {}

  @Get()
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'streamStatusEvents',
    summary: 'Every change of a status as it happens',
    description:
      'Server-sent events. `status`: the data is `{userId, email, previous, status, at, sip}`, its id is a place in the feed. Reconnect with Last-Event-ID, as browsers do by themselves, and nothing is missed; of a user who has moved more than 50 times meanwhile the last 50. `reset`: the place is not known here, read the list of users again. A line with a colon comes every 15 seconds; the stream ends when the token or the session does, and does not keep a session alive.',
  })
  @ApiReplyLanguage()
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last event that was read. Absent: from now on',
  })
  @ApiOkResponse({ description: 'The stream', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiProblems(400, 401, 403, 404, 503)
  async stream(
    @Caller() { connectorId }: Principal,
    @Headers('last-event-id') lastEventId: string | undefined,
    @ReplyLanguage() language: Language,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = readPlace(lastEventId);
    const stillAllowed = this.callers.watch(request);
    this.events.checkRoom();
    const { position, isReset } = await this.events.startOf(connectorId, after);
    reply.hijack();
    const response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) response.setHeader(name, value);
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Nothing follows on this connection; kept for more, it would hold up the end of the program.
      connection: 'close',
      // For nginx, which would otherwise collect what is meant to arrive at once.
      'x-accel-buffering': 'no',
    });
    // The place, too: a browser that loses the line before the first event comes back to where it began.
    response.write(isReset ? formatEvent('reset', position, {}) : `retry: 2000\nid: ${position}\n\n`);
    this.events.listen(connectorId, { response, position, language, stillAllowed });
  }
}

function readPlace(lastEventId: string | undefined): number | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  if (!/^\d{1,15}$/.test(lastEventId))
    throw invalidRequest([{ field: 'Last-Event-ID', rule: 'must be the id of an event of this stream' }]);
  return Number(lastEventId);
}
