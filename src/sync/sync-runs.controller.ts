import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../access/actor-of';
import { Caller, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { ApiProblems } from '../platform/http/api-problems';
import { PageQuery } from '../platform/http/page-query';
import { invalidRequest } from '../platform/http/validation';
import { NoBodyGuard } from '../platform/http/no-body.guard';
import { SyncRuns } from './sync-runs';
import {
  StartSyncQuery,
  SyncProblemListDto,
  SyncRunDto,
  SyncRunListDto,
  toProblemListDto,
  toRunDto,
  toRunListDto,
  toWatchedRunDto,
  WatchedSyncRunDto,
} from './sync-runs.dto';

const runId = new ParseUUIDPipe({
  exceptionFactory: () => invalidRequest([{ field: 'runId', rule: 'must be a UUID' }]),
});
const ConnectorParam = ApiParam({
  name: 'connectorId',
  format: 'uuid',
  description: 'The connector of the access token',
});
const RunParam = ApiParam({ name: 'runId', type: 'string', format: 'uuid', description: 'Id of a sync run' });

@ApiTags('sync')
@Controller('v1/connectors/:connectorId')
export class SyncRunsController {
  private readonly pathPrefix: string;

  constructor(
    @Inject(SyncRuns) private readonly runs: SyncRuns,
    @Inject(CONFIG) config: Config,
  ) {
    this.pathPrefix = new URL(config.publicUrl).pathname.replace(/\/+$/, '');
  }

  @Post('sync')
  @HttpCode(202)
  @UseGuards(NoBodyGuard)
  @RequireScopes('sync:run')
  @ConnectorParam
  @ApiOperation({
    operationId: 'startSync',
    summary: 'Pull the users of both sides now',
    description:
      'Answers with the run that is open: a new one, or the one that was already queued or running. If that is a running delta and a full run was asked for, the full one follows it.',
  })
  @ApiAcceptedResponse({
    type: SyncRunDto,
    headers: { Location: { description: 'Where to follow the run', schema: { type: 'string' } } },
  })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415)
  async start(
    @Caller() caller: Principal,
    @Query() { mode }: StartSyncQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SyncRunDto> {
    const run = await this.runs.enqueue(caller.connectorId, 'manual', actorOf(caller, request), mode);
    void reply.header('location', `${this.pathPrefix}/v1/connectors/${run.connectorId}/sync-runs/${run.runId}`);
    return toRunDto(run);
  }

  @Get('sync-runs')
  @RequireScopes('status:read')
  @ConnectorParam
  @ApiOperation({ operationId: 'listSyncRuns', summary: 'Sync runs, newest first' })
  @ApiOkResponse({ type: SyncRunListDto })
  @ApiProblems(400, 401, 403, 404)
  async list(@Caller() caller: Principal, @Query() query: PageQuery): Promise<SyncRunListDto> {
    return toRunListDto(await this.runs.list(caller.connectorId, query));
  }

  @Get('sync-runs/:runId')
  @RequireScopes('status:read')
  @ConnectorParam
  @RunParam
  @ApiOperation({ operationId: 'getSyncRun', summary: 'One sync run with its progress' })
  @ApiOkResponse({ type: WatchedSyncRunDto })
  @ApiProblems(400, 401, 403, 404)
  async get(@Caller() caller: Principal, @Param('runId', runId) id: string): Promise<WatchedSyncRunDto> {
    return toWatchedRunDto(await this.runs.watch(caller.connectorId, id));
  }

  @Get('sync-runs/:runId/problems')
  @RequireScopes('status:read')
  @ConnectorParam
  @RunParam
  @ApiOperation({
    operationId: 'listSyncProblems',
    summary: 'Users of one run who could not be used, and why',
    description: 'At most 10 000 are kept per run; `counts.problems` of the run counts them all.',
  })
  @ApiOkResponse({ type: SyncProblemListDto })
  @ApiProblems(400, 401, 403, 404)
  async problems(
    @Caller() caller: Principal,
    @Param('runId', runId) id: string,
    @Query() query: PageQuery,
  ): Promise<SyncProblemListDto> {
    return toProblemListDto(await this.runs.listProblems(caller.connectorId, id, query));
  }

  @Post('sync-runs/:runId/approve')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @RequireScopes('sync:run')
  @ConnectorParam
  @RunParam
  @ApiOperation({
    operationId: 'approveSyncRun',
    summary: 'Remove the users whom this run did not find',
    description: 'Only for the newest run, and only while its state is `awaiting_approval`.',
  })
  @ApiOkResponse({ type: SyncRunDto })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415)
  async approve(
    @Caller() caller: Principal,
    @Param('runId', runId) id: string,
    @Req() request: FastifyRequest,
  ): Promise<SyncRunDto> {
    return toRunDto(await this.runs.approve(caller.connectorId, id, actorOf(caller, request)));
  }
}
