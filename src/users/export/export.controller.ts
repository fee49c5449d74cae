import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { actorOf } from '../../access/actor-of';
import type { Principal } from '../../access/principal';
import type { Language } from '../../platform/config/config';
import { ApiProblems } from '../../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../../platform/http/reply-language';
import { readUserFilter } from '../user-filter';
import { ExportUsers } from './export-users.service';
import { ExportUsersQuery } from './export.dto';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users/export')
export class ExportController {
  constructor(private readonly exports: ExportUsers) {}

  @Get()
  @RequireScopes('status:read')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'exportUsers',
    summary: 'All users that the filter lets through, as a CSV file',
    description:
      'UTF-8 with a byte order mark, a header in the language of the answer, ordered by email, times in ISO 8601. A cell that a spreadsheet would take for a formula begins with an apostrophe; a telephone number (`+` and digits) does not. Audited. An answer that ends without its last chunk is not whole.',
  })
  @ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
  @ApiReplyLanguage()
  @ApiOkResponse({
    description: 'The file',
    headers: LANGUAGE_HEADERS,
    content: { 'text/csv': { schema: { type: 'string' } } },
  })
  @ApiProblems(400, 401, 403, 404)
  async export(
    @Caller() caller: Principal,
    @Query() { separator, ...fields }: ExportUsersQuery,
    @ReplyLanguage() language: Language,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    const form = { separator, language };
    const { text } = await this.exports.open(
      caller.connectorId,
      readUserFilter(fields),
      form,
      actorOf(caller, request),
    );
    return new StreamableFile(Readable.from(text, { objectMode: false }), {
      type: 'text/csv; charset=utf-8; header=present',
      disposition: 'attachment; filename="users.csv"',
    });
  }
}
