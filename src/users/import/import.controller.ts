import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { actorOf } from '../../access/actor-of';
import type { Principal } from '../../access/principal';
import type { Language } from '../../platform/config/config';
import { ApiProblems } from '../../platform/http/api-problems';
import { StreamsBody } from '../../platform/http/body-stream';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../../platform/http/reply-language';
import { AnswerImport } from './answer-import';
import { ImportResultDto, ImportUsersQuery } from './import.dto';
import { writeSample } from './problems-csv';

const MAX_BYTES = 64 * 1024 * 1024;
/** What browsers call a file whose name ends in .csv depends on what is installed beside them. */
const TYPES = [
  'text/csv',
  'application/octet-stream',
  'application/csv',
  'application/vnd.ms-excel',
  'text/plain',
  'text/tab-separated-values',
];
const TEXT = { schema: { type: 'string' } };

@ApiTags('users')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@RequireScopes('connector:manage')
@Controller('v1/connectors/:connectorId/users/import')
export class ImportController {
  constructor(private readonly answers: AnswerImport) {}

  @Post()
  @HttpCode(200)
  @StreamsBody(TYPES, MAX_BYTES)
  @ApiOperation({
    operationId: 'importUsers',
    summary: 'Add users by hand from a CSV file, or take them out',
    description:
      'The first line names the columns: `email` (also E-Mail, E-Mail-Adresse, Zoom Email …), and, if you like, `action` (`add`, `remove`; also in German); all others are ignored. UTF-8, UTF-16 with a byte order mark or Windows-1252; comma, semicolon or tab; up to 64 MB and 500 000 users. All of it is applied in one transaction, or nothing; the same file twice changes nothing the second time. With an invalid line nothing is applied unless `skipInvalid=true`; with `usable: false` never. The audit has one entry, `users.imported`, whose time stands at the users. `Accept: application/x-ndjson`: lines `{"progress": {"bytes", "lines", "users"}}` on the way, and last `{"result": …}` or, when it went wrong, `{"problem": …}`, a problem document. `Accept: text/csv`: the problems as a file.',
  })
  @ApiHeader({
    name: 'Accept',
    required: false,
    schema: { type: 'string', enum: ['application/json', 'application/x-ndjson', 'text/csv'] },
  })
  @ApiConsumes('text/csv', 'application/octet-stream')
  @ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })
  @ApiReplyLanguage()
  @ApiExtraModels(ImportResultDto)
  @ApiOkResponse({
    description: 'What has changed, or would, and everything that is wrong with the file',
    headers: LANGUAGE_HEADERS,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ImportResultDto) } },
      'application/x-ndjson': TEXT,
      'text/csv': TEXT,
    },
  })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415)
  import(
    @Caller() caller: Principal,
    @Query() query: ImportUsersQuery,
    @ReplyLanguage() language: Language,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { connectorId } = caller;
    return this.answers.answer({ connectorId, actor: actorOf(caller, request), query, language, request, reply });
  }

  @Get('sample')
  @ApiOperation({
    operationId: 'getImportSample',
    summary: 'A file as the import wants it',
    description: 'In the language of the caller, with the separator that Excel expects there.',
  })
  @ApiReplyLanguage()
  @ApiOkResponse({ description: 'The file', headers: LANGUAGE_HEADERS, content: { 'text/csv': TEXT } })
  @ApiProblems(401, 403, 404)
  async sample(@ReplyLanguage() language: Language, @Res() reply: FastifyReply): Promise<void> {
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="users.csv"')
      .send(writeSample(language));
  }
}
