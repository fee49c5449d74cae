import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import type { Language } from '../platform/config/config';
import { ApiProblems } from '../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../platform/http/reply-language';
import { UserParams } from '../users/user-params.dto';
import { ConnectorDiagnosisDto, UserDiagnosisDto } from './diagnosis.dto';
import { Diagnosis } from './diagnosis.service';

@ApiTags('diagnosis')
@Controller('v1/connectors/:connectorId')
export class DiagnosisController {
  constructor(private readonly diagnosis: Diagnosis) {}

  @Get('diagnosis')
  @RequireScopes('status:read')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getDiagnosis',
    summary: 'What is wrong, whom it hits, and what to do',
    description:
      'Weighs what apps report, what our looks at the targets have shown and what registrars have said. Each user is counted under one cause. Asks nobody: look at a target with `POST …/targets/{id}/probe`, ask a registrar with `POST …/users/{user}/registrar-check`.',
  })
  @ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
  @ApiReplyLanguage()
  @ApiOkResponse({ type: ConnectorDiagnosisDto, headers: LANGUAGE_HEADERS })
  @ApiProblems(400, 401, 403, 404)
  ofConnector(
    @Caller() { connectorId }: Principal,
    @ReplyLanguage() language: Language,
  ): Promise<ConnectorDiagnosisDto> {
    return this.diagnosis.ofConnector(connectorId, language);
  }

  @Get('users/:user/diagnosis')
  @RequireScopes('status:read')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getUserDiagnosis',
    summary: 'Why a user cannot be reached, and what to do',
  })
  @ApiReplyLanguage()
  @ApiOkResponse({ type: UserDiagnosisDto, headers: LANGUAGE_HEADERS })
  @ApiProblems(400, 401, 403, 404)
  ofUser(@Param() { connectorId, user }: UserParams, @ReplyLanguage() language: Language): Promise<UserDiagnosisDto> {
    return this.diagnosis.ofUser(connectorId, user, language);
  }
}
