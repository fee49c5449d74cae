import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { REGISTRAR_RESULTS, type RegistrarResult } from '../../sip/registrar/registrar-result';
import { TargetDto } from '../../users/target.dto';
import type { DoneCheck } from './registrar-checks.service';
import { DEFAULT_PER_MINUTE, MAX_PER_MINUTE, type Sweep } from './registrar-sweeps.service';

const INSTANT = { type: 'string', format: 'date-time', example: '2026-11-25T10:00:00.000Z' } as const;

export class BindingDto {
  @ApiProperty({ description: 'Where the device is called', example: 'sip:4711@198.51.100.7:5061;transport=tls' })
  contact!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Seconds; null: not told', example: 3120 })
  expires!: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: '`+sip.instance` (RFC 5626)', example: null })
  instance!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: null })
  userAgent!: string | null;
}

export class RegistrarAttemptDto {
  @ApiProperty({ type: TargetDto })
  target!: TargetDto;

  @ApiProperty({ enum: REGISTRAR_RESULTS, example: 'connect_refused' })
  result!: RegistrarResult;

  @ApiProperty({ type: 'integer', nullable: true, example: null })
  code!: number | null;
}

export class RegistrarCheckDto {
  @ApiProperty({
    enum: REGISTRAR_RESULTS,
    description:
      '`accepted`: the stored hash is right. `hash_refused`: it is not, or the user is unknown (most registrars answer both alike). `realm_mismatch`, `algorithm_not_offered`: nothing was sent. Other words say why there was no answer.',
    example: 'accepted',
  })
  result!: RegistrarResult;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the SIP answer; null: none came', example: 200 })
  code!: number | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'OK' })
  phrase!: string | null;

  @ApiProperty({ type: [BindingDto], description: 'Devices that are registered there now' })
  bindings!: BindingDto[];

  @ApiProperty({
    type: [String],
    description: 'Realms or algorithms that the registrar asks for, where they are not those of the credential',
    example: [],
  })
  offered!: string[];

  @ApiProperty({
    type: TargetDto,
    nullable: true,
    description: 'Where the result is from; null: the user has no targets',
  })
  target!: TargetDto | null;

  @ApiProperty({ type: [RegistrarAttemptDto], description: 'Every target that was asked, in order' })
  attempts!: RegistrarAttemptDto[];

  @ApiProperty(INSTANT)
  at!: string;
}

export const toCheckDto = ({
  result,
  answer,
  bindings,
  offered,
  target,
  attempts,
  at,
}: DoneCheck): RegistrarCheckDto => ({
  result,
  code: answer?.code ?? null,
  phrase: answer?.reason ?? null,
  bindings: bindings.map(({ uri, expires, instance, userAgent }) => ({ contact: uri, expires, instance, userAgent })),
  offered,
  target,
  attempts: attempts.map((attempt) => ({
    target: attempt.target,
    result: attempt.result,
    code: attempt.answer?.code ?? null,
  })),
  at: at.toISOString(),
});

export class SetSweepDto {
  @ApiProperty({ description: 'Whether all users’ registrars are asked, slowly, over and over' })
  @IsBoolean()
  enabled!: boolean;

  @ApiProperty({
    type: 'integer',
    required: false,
    minimum: 1,
    maximum: MAX_PER_MINUTE,
    default: DEFAULT_PER_MINUTE,
    description: 'Users a minute',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_PER_MINUTE)
  perMinute?: number;
}

export class SweepDto {
  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({ type: 'integer', example: DEFAULT_PER_MINUTE })
  perMinute!: number;

  @ApiProperty({ ...INSTANT, nullable: true, description: 'Of the round that is under way; null: none is' })
  roundStartedAt!: string | null;

  @ApiProperty({ ...INSTANT, nullable: true, description: 'When all users had been asked the last time' })
  roundEndedAt!: string | null;
}

export const toSweepDto = ({ enabled, perMinute, roundStartedAt, roundEndedAt }: Sweep): SweepDto => ({
  enabled,
  perMinute,
  roundStartedAt: roundStartedAt?.toISOString() ?? null,
  roundEndedAt: roundEndedAt?.toISOString() ?? null,
});
