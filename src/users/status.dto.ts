import { ApiProperty } from '@nestjs/swagger';
import { TARGET_ROLES, TRANSPORTS } from '../sip/parse-target';
import { SIP_SOURCES } from '../sip/sip-source';
import { ApiAsOf } from './as-of';
import { PLATFORMS } from './registration-report';
import { USER_STATUSES } from './user-status';

/** `expired`: reported as registered or failed, but too long ago to count. */
export const REGISTRATION_STATES = ['registered', 'failed', 'unregistered', 'expired'] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

export class SipFailureDto {
  @ApiProperty({ type: 'integer', minimum: 100, maximum: 699, example: 503 })
  code!: number;

  @ApiProperty({ description: 'Name of the code in its RFC', example: 'Service Unavailable' })
  phrase!: string;

  @ApiProperty({ description: 'What the app reported beside the code', example: 'io error' })
  reason!: string;

  @ApiProperty({
    enum: SIP_SOURCES,
    description: 'Who made the code: a SIP answer on the wire, the app itself, or DNS, TCP or TLS',
    example: 'client',
  })
  source!: string;

  @ApiProperty({
    description: 'What the code means for a registration, in the language of the answer',
    example: 'The app made this code itself, not the SBC: it could not open a connection to the target.',
  })
  meaning!: string;

  @ApiProperty({
    description: 'What an administrator looks at first, in the language of the answer',
    example: 'Look at port and certificate: is the port open, and is the certificate of the SBC unexpired?',
  })
  check!: string;
}

export class ReportedTargetDto {
  @ApiProperty({ type: 'string', enum: [...TARGET_ROLES, null], nullable: true, example: 'sbc' })
  role!: string | null;

  @ApiProperty({ example: '192.0.2.10' })
  host!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 65_535, example: 5061 })
  port!: number;

  @ApiProperty({ enum: TRANSPORTS, example: 'tls' })
  transport!: string;
}

export class RegistrationDto {
  @ApiProperty({ enum: PLATFORMS, example: 'desktop' })
  platform!: string;

  @ApiProperty({ example: 'c0ffee-1' })
  deviceId!: string;

  @ApiProperty({
    enum: REGISTRATION_STATES,
    description:
      '`expired`: the registration ran out, or a failure was not repeated for 24 hours; such a report does not count',
    example: 'failed',
  })
  state!: string;

  @ApiProperty({ type: 'string', nullable: true, example: '6.3.1' })
  appVersion!: string | null;

  @ApiProperty({ type: ReportedTargetDto, nullable: true })
  target!: ReportedTargetDto | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'First report of an unbroken row of equal outcomes and codes',
    example: '2026-11-23T09:00:00.000Z',
  })
  since!: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  reportedAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'From then on the report does not count; of `unregistered` the time of the report',
    example: '2026-11-24T10:00:00.000Z',
  })
  expiresAt!: string;

  @ApiProperty({ type: SipFailureDto, nullable: true, description: 'What the device reported of a SIP code' })
  sip!: SipFailureDto | null;
}

export class UserStatusDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Zoom user id; null while Zoom has none',
    example: 'KDcuGIm1QgePTO8WbOqwIQ',
  })
  userId!: string | null;

  @ApiProperty({ example: 'erika.mueller@example.com' })
  email!: string;

  @ApiProperty({
    enum: USER_STATUSES,
    description:
      '`pending`: no SIP credentials yet; `inactive`: no live registration, or deactivated in Zoom; `removed`: left Zoom or CloudLink',
    example: 'sip_error',
  })
  status!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'When the present status began',
    example: '2026-11-23T10:00:00.000Z',
  })
  since!: string;

  @ApiProperty({ type: SipFailureDto, nullable: true, description: 'The failure behind `sip_error`, else null' })
  sip!: SipFailureDto | null;

  @ApiProperty({ type: [RegistrationDto], description: 'What each device last reported, newest first' })
  registrations!: RegistrationDto[];

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When a sync last wrote this user',
    example: '2026-11-23T08:00:00.000Z',
  })
  syncedAt!: string | null;

  @ApiAsOf()
  asOf!: string | null;
}
