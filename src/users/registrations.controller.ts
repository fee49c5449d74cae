import { Controller, HttpCode, Put } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, OpenToApps, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import { ApiProblems } from '../platform/http/api-problems';
import { MAX_DEVICES } from './pick-surplus';
import { RegistrationsService } from './registrations.service';
import { ReportBody, ReportPipe } from './report-body';
import { ReportRegistrationDto } from './report-registration.dto';
import { ApiDeviceId, ApiUserParams, DeviceId, UserName } from './user-name';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users/:user')
export class RegistrationsController {
  constructor(private readonly registrations: RegistrationsService) {}

  @Put('registrations/:deviceId')
  @HttpCode(204)
  @RequireScopes('registrations:write')
  @OpenToApps('body')
  @ApiOperation({
    operationId: 'reportRegistration',
    summary: 'Report what became of the SIP registration of one device',
    description: `Replaces what the device reported before; repeating it is harmless. A registration ends by itself after \`expiresIn\`, a failure counts for 24 hours unless it is repeated. At most ${MAX_DEVICES} devices per user are kept: those that ended longest ago make room.`,
  })
  @ApiNoContentResponse({ description: 'Stored' })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 503)
  @ApiUserParams()
  @ApiDeviceId()
  @ApiBody({ type: ReportRegistrationDto })
  report(
    @Caller() { connectorId, app }: Principal,
    @UserName() user: string,
    @DeviceId() deviceId: string,
    @ReportBody(new ReportPipe()) report: ReportRegistrationDto,
  ): Promise<void> {
    return this.registrations.report(connectorId, user, deviceId, report, app?.platform);
  }
}
