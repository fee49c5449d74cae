import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScopes } from '../../access/access.decorators';
import type { Language } from '../../platform/config/config';
import { ApiProblems } from '../../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../../platform/http/reply-language';
import { unknownUser } from '../../access/unknown-user';
import { parseUserKey } from '../../access/user-key';
import { UserParams } from '../user-params.dto';
import { describeTransition } from './describe-transition';
import { KEPT_TRANSITIONS, TransitionRepository } from './transition.repository';
import { TransitionListDto } from './transitions.dto';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users/:user')
export class StatusHistoryController {
  constructor(private readonly transitions: TransitionRepository) {}

  @Get('status-history')
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'getUserStatusHistory',
    summary: 'What the status of a user was',
    description: `The last ${KEPT_TRANSITIONS} moves, newest first, whoever moved it: a device, time, a sync, a webhook or an admin. A status that ran out is written down within half a minute, dated by the moment at which it did.`,
  })
  @ApiReplyLanguage()
  @ApiOkResponse({ type: TransitionListDto, headers: LANGUAGE_HEADERS })
  @ApiProblems(400, 401, 403, 404)
  async list(
    @Param() { connectorId, user }: UserParams,
    @ReplyLanguage() language: Language,
  ): Promise<TransitionListDto> {
    const found = await this.transitions.ofUser(connectorId, parseUserKey(user));
    if (found === undefined) throw unknownUser();
    return { items: found.map((transition) => describeTransition(transition, language)) };
  }
}
