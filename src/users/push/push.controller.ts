import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../platform/http/api-problems';
import { PushCaller, PushGuard } from './push.guard';
import { AskForPushDto, toPush } from './push.dto';
import { PushRelay } from './push-relay';

@ApiTags('push')
@ApiBearerAuth('pushToken')
@UseGuards(PushGuard)
@Controller('push')
export class PushController {
  constructor(private readonly relay: PushRelay) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'askForPush',
    summary: 'For SBCs: wake the device that registered with these pn-* parameters (RFC 8599)',
    description:
      '202: handed over, hold the call until the app registers. 404: nobody is woken by it; end the binding, and answer a registration with it by 555. 429 and 503: not now, Retry-After says when.',
  })
  @ApiAcceptedResponse({ description: 'Handed over, or already under way for this call' })
  @ApiProblems(400, 401, 404, 413, 415)
  ask(@PushCaller() connectorId: string, @Body() body: AskForPushDto): Promise<void> {
    return this.relay.relay(connectorId, toPush(body));
  }
}
