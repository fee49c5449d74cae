import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import type { Language } from '../platform/config/config';
import { ApiProblems } from '../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../platform/http/reply-language';
import { UserParams } from './user-params.dto';
import { ListUsersQuery, UserChoicesDto, UserCountDto, UserDetailDto, UserFilterQuery, UserListDto } from './users.dto';
import { UsersService } from './users.service';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'listUsers',
    summary: 'Integrated users with their status',
    description:
      'Paged by the key of the order and the email: a user who is added or removed between two pages shifts no other. Removed users are listed only with `status=removed`.',
  })
  @ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
  @ApiReplyLanguage()
  @ApiOkResponse({ type: UserListDto, headers: LANGUAGE_HEADERS })
  @ApiProblems(400, 401, 403, 404)
  list(
    @Caller() caller: Principal,
    @Query() query: ListUsersQuery,
    @ReplyLanguage() language: Language,
  ): Promise<UserListDto> {
    return this.users.list(caller.connectorId, query, language);
  }

  @Get('count')
  @RequireScopes('status:read')
  @ApiOperation({ operationId: 'countUsers', summary: 'How many users the list with this filter has' })
  @ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
  @ApiOkResponse({ type: UserCountDto })
  @ApiProblems(400, 401, 403, 404)
  count(@Caller() { connectorId }: Principal, @Query() query: UserFilterQuery): Promise<UserCountDto> {
    return this.users.count(connectorId, query);
  }

  @Get('choices')
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'getUserChoices',
    summary: 'What the list may be filtered by: PBX systems and SIP codes, with their number of users',
    description: 'Of all users but the removed ones; at most 500 of each.',
  })
  @ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
  @ApiOkResponse({ type: UserChoicesDto })
  @ApiProblems(401, 403, 404)
  choices(@Caller() { connectorId }: Principal): Promise<UserChoicesDto> {
    return this.users.choices(connectorId);
  }

  @Get(':user')
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'getUser',
    summary: 'One integrated user with licences, credential state and devices',
    description: 'Removed users are answered, too. No hash is shown here.',
  })
  @ApiReplyLanguage()
  @ApiOkResponse({ type: UserDetailDto, headers: LANGUAGE_HEADERS })
  @ApiProblems(400, 401, 403, 404)
  get(@Param() { connectorId, user }: UserParams, @ReplyLanguage() language: Language): Promise<UserDetailDto> {
    return this.users.get(connectorId, user, language);
  }
}
