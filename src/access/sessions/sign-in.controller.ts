import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../platform/http/api-problems';
import { SandboxAdmins } from './sandbox-admins';
import { SignInDto } from './sessions.dto';

/** What the console's sign-in page offers beside its two buttons. For anybody: it tells nothing about accounts or connectors. */
@ApiTags('Sessions')
@Controller('v1/sign-in')
export class SignInController {
  constructor(private readonly sandbox: SandboxAdmins) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'getSignIn', summary: 'In sandbox mode: who may sign in, without typing anything' })
  @ApiOkResponse({ type: SignInDto })
  @ApiProblems()
  async get(): Promise<SignInDto> {
    const admins = await this.sandbox.list();
    return { sandbox: admins === undefined ? null : { admins } };
  }
}
