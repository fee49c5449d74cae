import { Controller, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, OpenToApps, RequireScopes } from '../access/access.decorators';
import { Direct } from '../access/direct-route';
import type { Principal } from '../access/principal';
import { ApiProblems } from '../platform/http/api-problems';
import { MAX_DEVICES } from './pick-surplus';
import { RegistrationsService } from './registrations.service';
import { readReport } from './report-body';
import { ReportRegistrationDto } from './report-registration.dto';
import { ApiDeviceId, ApiUserParams, deviceIdOf, userNameOf } from './user-name';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users/:user')
export class RegistrationsController {
  constructor(private readonly registrations: RegistrationsService) {}

  @Put('registrations/:deviceId')
  @Direct()
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
  async report(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Caller() caller: Principal): Promise<void> {
    const deviceId = deviceIdOf(request);
    const user = userNameOf(request);
    const report = await readReport(request.body);
    await this.registrations.report(caller.connectorId, user, deviceId, report, caller.app?.platform);
    void reply.status(204).send();
  }
}
