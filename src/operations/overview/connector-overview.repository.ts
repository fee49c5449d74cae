import { Injectable } from '@nestjs/common';
import type { Language } from '../../platform/config/config';
import { Database } from '../../platform/database/database';
import type { DeltaRefusal, RunMode } from '../../sync/run-mode';
import type { RunState } from '../../sync/sync-run';
import type { ZoomPhoneAnswer } from '../../sync/zoom-phone/zoom-phone-listing';
import { USER_STATUSES, type UserStatus } from '../../users/user-status';

/** What the connector's row and its neighbours tell beside state and settings. */
export interface ConnectorFacts {
  language: Language | null;
  syncedAt: Date | null;
  zoomDeauthorisedAt: Date | null;
  deadAlerts: number;
  nextFullSyncAt: Date | null;
  deltaRefusedAt: Date | null;
  deltaRefusedReason: DeltaRefusal | null;
}

/** How far it is known who has Zoom Phone. */
export interface ZoomPhoneFacts {
  answer: ZoomPhoneAnswer | null;
  answerSince: Date | null;
  answeredAt: Date | null;
  failureCode: string | null;
  failedSince: Date | null;
}

export interface LastRun {
  runId: string;
  mode: RunMode;
  state: RunState;
  createdAt: Date;
  finishedAt: Date | null;
}

@Injectable()
export class ConnectorOverviewRepository {
  constructor(private readonly database: Database) {}

  async facts(connectorId: string): Promise<ConnectorFacts | undefined> {
    const { rows } = await this.database.query<ConnectorFacts>(
      `select language, synced_at as "syncedAt", zoom_deauthorised_at as "zoomDeauthorisedAt",
              next_full_sync_at as "nextFullSyncAt", delta_refused_at as "deltaRefusedAt", delta_refused_reason as "deltaRefusedReason",
              (select count(*)::int from alert_deliveries d where d.connector_id = c.connector_id and d.state = 'dead') as "deadAlerts"
       from connectors c where connector_id = $1`,
      [connectorId],
    );
    return rows[0];
  }

  /** undefined: nobody has asked Zoom yet. */
  async zoomPhone(connectorId: string): Promise<ZoomPhoneFacts | undefined> {
    const { rows } = await this.database.query<ZoomPhoneFacts>(
      `select answer, answer_since as "answerSince", answered_at as "answeredAt", failure_code as "failureCode",
              failed_since as "failedSince"
       from zoom_phone_listings where connector_id = $1`,
      [connectorId],
    );
    return rows[0];
  }

  async countUsers(connectorId: string): Promise<Record<UserStatus, number>> {
    const { rows } = await this.database.query<{ status: UserStatus; n: number }>(
      'select status, count(*)::int as n from integrated_users where connector_id = $1 group by status',
      [connectorId],
    );
    const counted = new Map(rows.map(({ status, n }) => [status, n]));
    return Object.fromEntries(USER_STATUSES.map((status) => [status, counted.get(status) ?? 0])) as Record<
      UserStatus,
      number
    >;
  }

  async lastRun(connectorId: string): Promise<LastRun | undefined> {
    const { rows } = await this.database.query<LastRun>(
      `select run_id as "runId", mode, state, created_at as "createdAt", finished_at as "finishedAt"
       from sync_runs where connector_id = $1 order by created_at desc, run_id desc limit 1`,
      [connectorId],
    );
    return rows[0];
  }
}
