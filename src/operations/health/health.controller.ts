import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Database } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import { ApiProblems } from '../../platform/http/api-problems';

export class HealthDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

const READY_TIMEOUT_MS = 2_000;

/** For load balancers and `docker compose`: needs no token, tells nothing but ok. */
@ApiTags('Operations')
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'getLiveness', summary: 'The process answers' })
  @ApiOkResponse({ type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'getReadiness', summary: 'The process answers and reaches its database' })
  @ApiOkResponse({ type: HealthDto })
  @ApiProblems(503)
  async ready(): Promise<HealthDto> {
    const timeout = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error('timeout')), READY_TIMEOUT_MS).unref(),
    );
    await Promise.race([this.database.query('select 1'), timeout]).catch((cause: unknown) => {
      throw new AppError('unavailable', 'The database does not answer.', { cause, retryable: true });
    });
    return { status: 'ok' };
  }
}
