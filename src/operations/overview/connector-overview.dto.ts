import { ApiProperty } from '@nestjs/swagger';
import { CONNECTOR_STATES, type ConnectorState } from '../../connector/connector-state';
import { RISK_REASONS, type GrantKind, type RiskReason } from '../../oauth/grant';
import { PROVIDERS, type Provider } from '../../oauth/provider';
import { DELTA_REFUSALS, RUN_MODES, type DeltaRefusal, type RunMode } from '../../sync/run-mode';
import { ZOOM_PHONE_ANSWERS, type ZoomPhoneAnswer } from '../../sync/zoom-phone/zoom-phone-listing';

export class AtRiskDto {
  @ApiProperty({ enum: RISK_REASONS, example: 'role_missing' })
  reason!: RiskReason;

  @ApiProperty({ type: 'string', format: 'date-time' })
  since!: string;
}

export class GrantDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['active', 'standby', 'dead'] })
  state!: 'active' | 'standby' | 'dead';

  @ApiProperty({
    enum: ['admin', 'service_client'],
    description: '`service_client`: a CloudLink client of the account, which no admin’s departure touches',
  })
  kind!: GrantKind;

  @ApiProperty({ description: 'Email of the admin who authorised', example: 'owner@example.com' })
  admin!: string;

  @ApiProperty({ description: 'Role of that admin when authorising', example: 'Owner' })
  role!: string;

  @ApiProperty({ format: 'date-time', description: 'When this admin authorised last' })
  authorisedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  refreshedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was last seen to work with all its rights',
  })
  checkedAt!: string | null;

  @ApiProperty({ type: AtRiskDto, nullable: true, description: 'Why it lives but may not be relied on' })
  atRisk!: AtRiskDto | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is dead' })
  deadReason!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it was found dead' })
  deadAt!: string | null;
}

export class ReauthorizeDto {
  @ApiProperty({ description: 'Whoever has it may authorise this side, with their own login at the provider' })
  url!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  expiresAt!: string;
}

export class SideDto {
  @ApiProperty({ type: String, nullable: true, description: 'null until this side has been authorised once' })
  accountId!: string | null;

  @ApiProperty({ type: [GrantDto], description: 'The active one first' })
  grants!: GrantDto[];

  @ApiProperty({
    type: ReauthorizeDto,
    nullable: true,
    description:
      'Where an admin authorises this side: present while it has no active grant or only one at risk, and only for tokens with the scope `connector:manage`',
  })
  reauthorize!: ReauthorizeDto | null;
}

export class ReasonDto {
  @ApiProperty({ enum: PROVIDERS })
  provider!: Provider;

  @ApiProperty({
    description: 'What ended the last grant of this side; stable, for programs',
    example: 'invalid_grant',
  })
  code!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  since!: string;
}

export class UndeliveredAlertsDto {
  @ApiProperty({ type: 'integer', description: 'Deliveries that were given up', example: 0 })
  dead!: number;
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

  @ApiProperty({ enum: RUN_MODES, example: 'delta' })
  mode!: RunMode;

  @ApiProperty({ example: 'succeeded' })
  state!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}

export class DeltaRefusedDto {
  @ApiProperty({
    enum: DELTA_REFUSALS,
    description:
      '`refused`: CloudLink does not take the filter; `ignored`: it answers with users whom nobody has changed; `no_modified_on`: users do not say when they were changed',
  })
  reason!: DeltaRefusal;

  @ApiProperty({ type: 'string', format: 'date-time' })
  since!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When CloudLink is asked again; null: when all users say when they were changed',
  })
  triesAgainAt!: string | null;
}

export class ZoomPhoneFailureDto {
  @ApiProperty({ description: 'Stable, for programs', example: 'provider_rejected' })
  code!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  since!: string;
}

export class ZoomPhoneDto {
  @ApiProperty({
    type: String,
    enum: [...ZOOM_PHONE_ANSWERS, null],
    nullable: true,
    description:
      '`listed`: Zoom has told who has a Zoom Phone licence; `not_enabled`: the account has no Zoom Phone, so nobody has; `scope_missing`: it is not known, because the app lacks the optional scope `phone:read:list_users:admin`; null: Zoom has not said anything yet',
    example: 'listed',
  })
  answer!: ZoomPhoneAnswer | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when Zoom has said the same each time',
  })
  since!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When Zoom said so last' })
  answeredAt!: string | null;

  @ApiProperty({
    type: ZoomPhoneFailureDto,
    nullable: true,
    description: 'Why Zoom could not be asked to the end since; what it said before still counts. null: it could',
  })
  failure!: ZoomPhoneFailureDto | null;
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
    type: [ReasonDto],
    description: 'Which sides an admin must authorise again, and why; empty unless `reauthorization_required`',
  })
  reasons!: ReasonDto[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'Zoom has told that the app was removed: unless a Zoom admin authorises again, what is stored is destroyed at this time',
  })
  disconnectsAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When Zoom and CloudLink were last read, whole or what had changed since they were; null: never yet',
  })
  syncedAt!: string | null;

  @ApiProperty({
    type: String,
    enum: ['en', 'de', null],
    nullable: true,
    description: 'Of what is sent about this connector; null: the language of this service',
  })
  language!: 'en' | 'de' | null;

  @ApiProperty({ type: UndeliveredAlertsDto, description: 'Alerts that nobody could be told' })
  alerts!: UndeliveredAlertsDto;

  @ApiProperty({
    enum: ['automatic', 'chosen'],
    description: 'Who is integrated: every matched user, or those an admin added',
  })
  membership!: 'automatic' | 'chosen';

  @ApiProperty({
    type: 'integer',
    description: 'Up to this share of its users, or five of them, a sync removes without asking a person',
    example: 5,
  })
  removalLimitPercent!: number;

  @ApiProperty({ type: SideDto })
  zoom!: SideDto;

  @ApiProperty({ type: SideDto })
  cloudlink!: SideDto;

  @ApiProperty({ type: StatusCountsDto, description: 'Users per status' })
  users!: StatusCountsDto;

  @ApiProperty({ type: LastSyncDto, nullable: true })
  lastSync!: LastSyncDto | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'From when on the next scheduled sync reads both sides whole; null: the next one does',
  })
  nextFullSyncAt!: string | null;

  @ApiProperty({
    type: DeltaRefusedDto,
    nullable: true,
    description: 'Why every sync reads CloudLink whole; null: between full syncs only changes are read',
  })
  deltaRefused!: DeltaRefusedDto | null;

  @ApiProperty({
    type: ZoomPhoneDto,
    description: 'What is known of who has a Zoom Phone licence besides (`features.hybrid`)',
  })
  zoomPhone!: ZoomPhoneDto;
}
