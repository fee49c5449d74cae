import { ApiProperty } from '@nestjs/swagger';
import { TARGET_ROLES, TRANSPORTS, type TargetRole, type Transport } from '../sip/parse-target';
import { SIP_SOURCES, type SipSource } from '../sip/sip-source';
import { PLATFORMS, type Platform } from '../users/registration-report';
import { USER_STATUSES, type UserStatus } from '../users/user-status';
import { DIAGNOSIS_CODES, SEVERITIES, type DiagnosisCode, type Severity } from './diagnosis-code';

const INSTANT = { type: 'string', format: 'date-time', example: '2026-11-25T10:00:00.000Z' } as const;

export class DiagnosisTargetDto {
  @ApiProperty({ format: 'uuid', description: 'As in `GET …/targets`' })
  id!: string;

  @ApiProperty({ enum: TARGET_ROLES, example: 'sbc' })
  role!: TargetRole;

  @ApiProperty({ example: 'sbc.example.com' })
  host!: string;

  @ApiProperty({ type: 'integer', example: 5061 })
  port!: number;

  @ApiProperty({ enum: TRANSPORTS, example: 'tls' })
  transport!: Transport;
}

export class DiagnosisFailureDto {
  @ApiProperty({ enum: PLATFORMS, example: 'desktop' })
  platform!: Platform;

  @ApiProperty({ type: 'integer', nullable: true, example: 503 })
  code!: number | null;

  @ApiProperty({ enum: SIP_SOURCES, nullable: true, description: 'Who made the code', example: 'client' })
  source!: SipSource | null;
}

/** A cause in words for people, with what programs need. */
export class DiagnosisDto {
  @ApiProperty({ enum: DIAGNOSIS_CODES, description: 'Stable, for programs', example: 'certificate_expired' })
  code!: DiagnosisCode;

  @ApiProperty({
    enum: SEVERITIES,
    description:
      '`error`: somebody cannot make calls; `warning`: somebody soon cannot, or a reserve is gone; `info`: to know',
  })
  severity!: Severity;

  @ApiProperty({ example: 'The certificate of the SBC sbc.example.com:5061 has expired' })
  title!: string;

  @ApiProperty({ type: DiagnosisTargetDto, nullable: true, description: 'null: it is not about one target' })
  target!: DiagnosisTargetDto | null;

  @ApiProperty({
    type: DiagnosisFailureDto,
    nullable: true,
    description: 'What a device has reported because of it (of several users: the first of them); null: nothing',
  })
  failure!: DiagnosisFailureDto | null;

  @ApiProperty({ ...INSTANT, nullable: true, description: 'Since when it is so, as far as known' })
  since!: string | null;

  @ApiProperty({
    type: [String],
    description: 'What was seen, a sentence each',
    example: ['It shows an expired certificate.'],
  })
  evidence!: string[];

  @ApiProperty({ description: 'What an admin does', example: 'Install a new certificate on it.' })
  nextStep!: string;
}

export class DiagnosisItemDto extends DiagnosisDto {
  @ApiProperty({
    type: 'integer',
    description:
      'Of a fault that we have seen at a target: the users who have it among their targets; else the users whose cause it is',
    example: 412,
  })
  usersAffected!: number;

  @ApiProperty({ type: 'integer', description: 'Whose telephone fails because of it', example: 398 })
  usersFailing!: number;

  @ApiProperty({
    type: [String],
    description: 'Emails of the first of them, at most 5',
    example: ['erika.mueller@example.com'],
  })
  users!: string[];
}

export class ConnectorDiagnosisDto {
  @ApiProperty({
    type: [DiagnosisItemDto],
    description: 'The worst first; empty: nothing is wrong as far as can be seen',
  })
  items!: DiagnosisItemDto[];

  @ApiProperty({ ...INSTANT, description: 'When this was put together' })
  at!: string;
}

export class UserDiagnosisDto {
  @ApiProperty({ type: 'string', nullable: true, description: 'Zoom user id; null while Zoom has none' })
  userId!: string | null;

  @ApiProperty({ example: 'erika.mueller@example.com' })
  email!: string;

  @ApiProperty({ enum: USER_STATUSES })
  status!: UserStatus;

  @ApiProperty({ type: DiagnosisDto, nullable: true, description: 'null: nothing is wrong as far as can be seen' })
  diagnosis!: DiagnosisDto | null;

  @ApiProperty({ ...INSTANT, description: 'When this was put together' })
  at!: string;
}
