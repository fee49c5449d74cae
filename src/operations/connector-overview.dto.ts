import { ApiProperty } from '@nestjs/swagger';
import { CONNECTOR_STATES, type ConnectorState } from '../connector/connector-state';

export class GrantDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['active', 'standby', 'dead'] })
  state!: 'active' | 'standby' | 'dead';

  @ApiProperty({ description: 'Email of the admin who authorised', example: 'owner@example.com' })
  admin!: string;

  @ApiProperty({ description: 'Role of that admin when authorising', example: 'Owner' })
  role!: string;

  @ApiProperty({ format: 'date-time' })
  authorisedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  refreshedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is dead' })
  deadReason!: string | null;
}

export class SideDto {
  @ApiProperty({ type: String, nullable: true, description: 'null until this side has been authorised once' })
  accountId!: string | null;

  @ApiProperty({ type: [GrantDto], description: 'The active one first' })
  grants!: GrantDto[];
}

export class StatusCountsDto {
  @ApiProperty({ example: 12 })
  pending!: number;

  @ApiProperty({ example: 30 })
  inactive!: number;

  @ApiProperty({ example: 200 })
  registered!: number;

  @ApiProperty({ example: 3 })
  sip_error!: number;

  @ApiProperty({ example: 1 })
  removed!: number;
}

export class LastSyncDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'succeeded' })
  state!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}

/** A connector as its machine clients and admins see it. */
export class ConnectorOverviewDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: CONNECTOR_STATES })
  state!: ConnectorState;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is in this state, where that needs saying' })
  stateReason!: string | null;

  @ApiProperty({ format: 'date-time' })
  stateSince!: string;

  @ApiProperty({
    enum: ['automatic', 'chosen'],
    description: 'Who is integrated: every matched user, or those an admin added',
  })
  membership!: 'automatic' | 'chosen';

  @ApiProperty({ type: SideDto })
  zoom!: SideDto;

  @ApiProperty({ type: SideDto })
  cloudlink!: SideDto;

  @ApiProperty({ type: StatusCountsDto, description: 'Users per status' })
  users!: StatusCountsDto;

  @ApiProperty({ type: LastSyncDto, nullable: true })
  lastSync!: LastSyncDto | null;
}
