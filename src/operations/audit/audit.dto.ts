import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDate, IsOptional, Matches, MaxLength } from 'class-validator';
import { ACTOR_KINDS, type ActorKind, type AuditDetails } from '../../platform/audit/audit-log';
import { PageQuery } from '../../platform/http/page-query';
import { parseInstant } from './parse-instant';

/** What is no instant stays what it is, for IsDate to name. */
const toInstant = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? (parseInstant(value) ?? value) : value;
const INSTANT_RULE = { message: 'must be a date-time with its offset, such as 2026-11-24T10:00:00Z' };

export class ListAuditQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only events of this action', example: 'grant.added' })
  @IsOptional()
  @MaxLength(64)
  @Matches(/^[a-z_]+(\.[a-z_]+)*$/, { message: 'must be the name of an action, such as grant.added' })
  action?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Only events from then on' })
  @IsOptional()
  @Transform(toInstant)
  @IsDate(INSTANT_RULE)
  from?: Date;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Only events before then' })
  @IsOptional()
  @Transform(toInstant)
  @IsDate(INSTANT_RULE)
  to?: Date;
}

export class AuditActorDto {
  @ApiProperty({
    enum: ACTOR_KINDS,
    description: '`admin`: a person; `client`: a machine client; `webhook`: Zoom or CloudLink; `system`: this service',
  })
  kind!: ActorKind;

  @ApiProperty({
    description: 'Zoom or CloudLink user id, client id, `cli:` with a user name, or which part of this service',
    example: 'zcc_4f1c0a9e5b7d4c2f8a6e3b1d0c9f8e7a',
  })
  id!: string;
}

export class AuditEventDto {
  @ApiProperty({ description: 'Grows with time within a connector', example: '4711' })
  id!: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-24T10:00:00.000Z' })
  at!: string;

  @ApiProperty({ type: AuditActorDto })
  actor!: AuditActorDto;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Email of the admin, name of the client, as they are today; null: none is known',
    example: 'owner@example.com',
  })
  actorName!: string | null;

  @ApiProperty({ description: 'Noun and past participle', example: 'grant.added' })
  action!: string;

  @ApiProperty({ description: 'What it was done to: an id or an email; may be empty', example: '' })
  subject!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Names the request in our log' })
  requestId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Address of the caller', example: '192.0.2.1' })
  address!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: '`x-zm-trackingid` of the newest answer of Zoom that it rests on: Zoom’s support asks for it',
    example: 'v=2.0;clid=us02;rid=WEB_0b6b7c523c0e4a0e9d8e6e1f3d8c2a11',
  })
  zoomTrackingId!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: '`x-mitel-correlation-id` of the newest answer of CloudLink that it rests on',
    example: '0b6b7c52-3c0e-4a0e-9d8e-6e1f3d8c2a11',
  })
  mitelCorrelationId!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: {
      oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
      nullable: true,
    },
    description: 'Never holds a secret',
    example: { provider: 'zoom', role: 'Owner' },
  })
  details!: AuditDetails;
}

export class AuditListDto {
  @ApiProperty({ type: [AuditEventDto], description: 'Newest first' })
  items!: AuditEventDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'null on the last page', example: null })
  nextCursor!: string | null;
}
