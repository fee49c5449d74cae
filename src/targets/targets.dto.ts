import { ApiProperty } from '@nestjs/swagger';
import { daysLeft } from '../sip/dial/judge-certificate';
import { PROBE_REASONS, TARGET_STATES } from '../sip/probe/judge-probe';
import { TargetDto } from '../users/target.dto';
import type { PastProbe } from './probe-record.repository';
import type { StoredTarget } from './stored-target';

const STEP = { type: 'number', nullable: true, minimum: 0 } as const;
const INSTANT = { type: 'string', format: 'date-time', example: '2026-11-25T10:00:00.000Z' } as const;

export class LatencyDto {
  @ApiProperty({ ...STEP, description: 'Milliseconds to look up the name; null: not done', example: 1.2 })
  dnsMs!: number | null;

  @ApiProperty({ ...STEP, description: 'Milliseconds to connect', example: 2.1 })
  tcpMs!: number | null;

  @ApiProperty({ ...STEP, description: 'Milliseconds of the TLS handshake', example: 6.4 })
  tlsMs!: number | null;

  @ApiProperty({ ...STEP, description: 'Milliseconds until OPTIONS was answered', example: 1.4 })
  sipMs!: number | null;
}

export class TargetCertificateDto {
  @ApiProperty({ example: 'CN=sbc.example.com' })
  subject!: string;

  @ApiProperty({ example: 'O=Example, CN=Example CA' })
  issuer!: string;

  @ApiProperty({ type: [String], description: 'DNS names and addresses in it', example: ['sbc.example.com'] })
  names!: string[];

  @ApiProperty(INSTANT)
  notBefore!: string;

  @ApiProperty(INSTANT)
  notAfter!: string;

  @ApiProperty({ type: 'integer', description: 'Whole days; negative: it has expired', example: 212 })
  daysLeft!: number;

  @ApiProperty({ description: 'SHA-256, hexadecimal', example: '24e426eae9b261cc' })
  fingerprint!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Why its chain is not trusted; null: it is',
    example: null,
  })
  chainError!: string | null;

  @ApiProperty({ description: 'Good for the host, as CloudLink writes it' })
  coversHost!: boolean;

  @ApiProperty({ description: 'Good for the address that was connected to' })
  coversAddress!: boolean;
}

export class SipAnswerDto {
  @ApiProperty({ type: 'integer', example: 200 })
  code!: number;

  @ApiProperty({ example: 'OK' })
  reason!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'The Server header', example: null })
  server!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Seconds of Retry-After', example: null })
  retryAfter!: number | null;
}

export class ProbedTargetDto extends TargetDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    enum: TARGET_STATES,
    description: '`down`: apps cannot use it. `degraded`: they can, but not for long. `unknown`: not looked at',
    example: 'ok',
  })
  state!: string;

  @ApiProperty({
    enum: PROBE_REASONS,
    nullable: true,
    type: String,
    description: 'null: nothing is wrong',
    example: null,
  })
  reason!: string | null;

  @ApiProperty({ ...INSTANT, nullable: true, description: 'Of the last look; null: never' })
  checkedAt!: string | null;

  @ApiProperty({ ...INSTANT, nullable: true, description: 'Since when state and reason are what they are' })
  since!: string | null;

  @ApiProperty({ type: 'integer', description: 'Users who have it among their targets', example: 412 })
  usersAffected!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'The address that was spoken to', example: '192.0.2.10' })
  address!: string | null;

  @ApiProperty({ type: LatencyDto })
  latency!: LatencyDto;

  @ApiProperty({ type: 'string', nullable: true, example: 'TLSv1.3' })
  tlsVersion!: string | null;

  @ApiProperty({ type: TargetCertificateDto, nullable: true })
  certificate!: TargetCertificateDto | null;

  @ApiProperty({ type: SipAnswerDto, nullable: true, description: 'What OPTIONS was answered with' })
  sip!: SipAnswerDto | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Error code behind the reason', example: 'ECONNREFUSED' })
  errorCode!: string | null;
}

export class ProbedTargetListDto {
  @ApiProperty({ type: [ProbedTargetDto], description: 'In the order SBC, backup SBC, PBX' })
  items!: ProbedTargetDto[];
}

export class PastProbeDto {
  @ApiProperty(INSTANT)
  at!: string;

  @ApiProperty({ enum: ['schedule', 'manual'], example: 'schedule' })
  cause!: string;

  @ApiProperty({ enum: TARGET_STATES, example: 'ok' })
  state!: string;

  @ApiProperty({ enum: PROBE_REASONS, nullable: true, type: String, example: null })
  reason!: string | null;

  @ApiProperty({ type: LatencyDto })
  latency!: LatencyDto;

  @ApiProperty({ type: 'integer', nullable: true, example: 200 })
  sipCode!: number | null;

  @ApiProperty({ type: 'string', nullable: true, example: null })
  errorCode!: string | null;
}

export class PastProbeListDto {
  @ApiProperty({ type: [PastProbeDto] })
  items!: PastProbeDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'null on the last page', example: null })
  nextCursor!: string | null;
}

const NO_LATENCY: LatencyDto = { dnsMs: null, tcpMs: null, tlsMs: null, sipMs: null };

export function toTargetDto({ users, since, checkedAt, seen, ...target }: StoredTarget, now: Date): ProbedTargetDto {
  const certificate = seen?.certificate ?? null;
  return {
    ...target,
    checkedAt: checkedAt?.toISOString() ?? null,
    since: since?.toISOString() ?? null,
    usersAffected: users,
    address: seen?.address ?? null,
    latency: seen?.latency ?? NO_LATENCY,
    tlsVersion: seen?.tlsVersion ?? null,
    certificate:
      certificate === null
        ? null
        : { ...certificate, daysLeft: daysLeft({ notAfter: new Date(certificate.notAfter) }, now) },
    sip: seen?.sip ?? null,
    errorCode: seen?.errorCode ?? null,
  };
}

export const toPastProbeDto = ({ at, ...probe }: PastProbe): PastProbeDto => ({ ...probe, at: at.toISOString() });
