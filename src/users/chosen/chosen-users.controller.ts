import { Body, Controller, Delete, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { actorOf } from '../../access/actor-of';
import type { Principal } from '../../access/principal';
import type { Language } from '../../platform/config/config';
import { ApiProblems } from '../../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../../platform/http/reply-language';
import { UserParams } from '../user-params.dto';
import { UserDetailDto } from '../users.dto';
import { UsersService } from '../users.service';
import { AddUserDto } from './chosen-users.dto';
import { ChosenUsersService } from './chosen-users.service';

@ApiTags('users')
@RequireScopes('connector:manage')
@Controller('v1/connectors/:connectorId/users')
export class ChosenUsersController {
  constructor(
    private readonly chosen: ChosenUsersService,
    private readonly users: UsersService,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'addUser',
    summary: 'Add a user by hand',
    description:
      'Harmless when repeated. A user whom CloudLink does not know yet is `pending`. Where the membership of the connector is `automatic`, a sync brings the users by itself: adding one by hand only makes sure that no sync removes them for having left CloudLink. The next sync is a full one.',
  })
  @ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
  @ApiReplyLanguage()
  @ApiCreatedResponse({
    type: UserDetailDto,
    headers: LANGUAGE_HEADERS,
    description: 'The user is new to the connector, or back after a removal',
  })
  @ApiOkResponse({
    type: UserDetailDto,
    headers: LANGUAGE_HEADERS,
    description: 'The user was there; now `membership` is `chosen`',
  })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415)
  async add(
    @Caller() caller: Principal,
    @Body() { email }: AddUserDto,
    @ReplyLanguage() language: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserDetailDto> {
    const added = await this.chosen.add(caller.connectorId, email, actorOf(caller, request));
    void reply.status(added.isNew ? 201 : 200);
    return this.users.get(caller.connectorId, added.email, language);
  }

  @Delete(':user')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'removeUser',
    summary: 'Take a user who was added by hand out again',
    description:
      'Where the membership of the connector is `chosen`, the user is removed at once and the SIP credential destroyed. Where it is `automatic`, the next sync decides whether the user stays. 404 for a user whom nobody has added by hand.',
  })
  @ApiNoContentResponse({ description: 'Done' })
  @ApiProblems(400, 401, 403, 404, 409)
  async remove(
    @Caller() caller: Principal,
    @Param() { user }: UserParams,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.chosen.remove(caller.connectorId, user, actorOf(caller, request));
  }
}
