import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import { Clock } from '../platform/clock/clock';
import { ApiProblems } from '../platform/http/api-problems';
import { NoBodyGuard } from '../platform/http/no-body.guard';
import { PageQuery } from '../platform/http/page-query';
import { invalidRequest } from '../platform/http/validation';
import { PROBES_KEPT_DAYS } from './probe-record.repository';
import { TargetProbes } from './target-probes.service';
import { PastProbeListDto, ProbedTargetDto, ProbedTargetListDto, toPastProbeDto, toTargetDto } from './targets.dto';

/** More than all steps of a look may take together. */
const PROBE_LIMIT_MS = 40_000;

const targetId = new ParseUUIDPipe({
  exceptionFactory: () => invalidRequest([{ field: 'targetId', rule: 'must be a UUID' }]),
});
const TargetParam = ApiParam({ name: 'targetId', type: 'string', format: 'uuid', description: 'Id of a target' });

@ApiTags('diagnosis')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@Controller('v1/connectors/:connectorId/targets')
export class TargetsController {
  constructor(
    private readonly probes: TargetProbes,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'listTargets',
    summary: 'The places that users register with, and what we see of them ourselves',
    description:
      'Each host, port, transport and role of the users’ targets, once. Looked at every few minutes: name, connection, TLS, certificate, SIP OPTIONS.',
  })
  @ApiOkResponse({ type: ProbedTargetListDto })
  @ApiProblems(401, 403, 404)
  async list(@Caller() { connectorId }: Principal): Promise<ProbedTargetListDto> {
    const now = this.clock.now();
    return { items: (await this.probes.list(connectorId)).map((target) => toTargetDto(target, now)) };
  }

  @Get(':targetId/history')
  @RequireScopes('status:read')
  @TargetParam
  @ApiOperation({
    operationId: 'listTargetHistory',
    summary: 'What earlier looks at a target have seen, newest first',
    description: `Kept for ${PROBES_KEPT_DAYS} days.`,
  })
  @ApiOkResponse({ type: PastProbeListDto })
  @ApiProblems(400, 401, 403, 404)
  async history(
    @Caller() { connectorId }: Principal,
    @Param('targetId', targetId) id: string,
    @Query() query: PageQuery,
  ): Promise<PastProbeListDto> {
    const { items, nextCursor } = await this.probes.history(connectorId, id, query);
    return { items: items.map(toPastProbeDto), nextCursor };
  }

  @Post(':targetId/probe')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @RequireScopes('connector:manage')
  @TargetParam
  @ApiOperation({
    operationId: 'probeTarget',
    summary: 'Look at a target now',
    description: 'Answers when it has been looked at, which takes seconds when it is dead. Sends no credential.',
  })
  @ApiOkResponse({ type: ProbedTargetDto })
  @ApiProblems(400, 401, 403, 404, 413, 415)
  async probe(@Caller() { connectorId }: Principal, @Param('targetId', targetId) id: string): Promise<ProbedTargetDto> {
    const target = await this.probes.probeNow(connectorId, id, AbortSignal.timeout(PROBE_LIMIT_MS));
    return toTargetDto(target, this.clock.now());
  }
}
