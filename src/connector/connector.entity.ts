import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConnectorState } from './connector-state';

export type Membership = 'automatic' | 'chosen';

/** The link between one Zoom account and one CloudLink account. */
@Entity('connectors')
export class Connector {
  @PrimaryColumn('uuid', { name: 'connector_id' })
  connectorId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  state!: ConnectorState;

  @Column('text', { name: 'state_reason', nullable: true })
  stateReason!: string | null;

  @Column('timestamptz', { name: 'state_since' })
  stateSince!: Date;

  @Column('text', { name: 'zoom_account_id', nullable: true })
  zoomAccountId!: string | null;

  @Column('text', { name: 'cloudlink_account_id', nullable: true })
  cloudlinkAccountId!: string | null;

  /** Who is integrated: every matched user, or those an admin added. */
  @Column('text')
  membership!: Membership;

  /** Up to this share of its users a sync removes without asking a person; null: removal-limit.ts. */
  @Column('integer', { name: 'removal_limit_percent', nullable: true })
  removalLimitPercent!: number | null;

  /** Seconds between two syncs; null: SYNC_INTERVAL. */
  @Column('integer', { name: 'sync_interval_seconds', nullable: true })
  syncIntervalSeconds!: number | null;

  /** false: mobile apps are given nothing to register with. */
  @Column('boolean', { name: 'mobile_calling' })
  mobileCalling!: boolean;

  @Column('timestamptz', { name: 'next_sync_at', nullable: true })
  nextSyncAt!: Date | null;

  /** When the schedule begins a run that reads both sides whole; null: with the next one. */
  @Column('timestamptz', { name: 'next_full_sync_at', nullable: true })
  nextFullSyncAt!: Date | null;

  /** Since when and why CloudLink cannot be asked for changes; null: it can, as far as we know. */
  @Column('timestamptz', { name: 'delta_refused_at', nullable: true })
  deltaRefusedAt!: Date | null;

  @Column('text', { name: 'delta_refused_reason', nullable: true })
  deltaRefusedReason!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
