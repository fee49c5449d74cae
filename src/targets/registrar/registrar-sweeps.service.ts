import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { reasonOf } from '../../platform/errors/reason-of';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { REGISTRAR_SILENCES } from '../../sip/registrar/registrar-result';
import { lockConnector } from '../lock-connector';
import { RegistrarAccountRepository, type StoredAccount } from './registrar-account.repository';
import { RegistrarChecks } from './registrar-checks.service';

/** Slow on purpose: ten in a minute are a drop for an SBC, and 14 000 users in a day. */
export const DEFAULT_PER_MINUTE = 10;
export const MAX_PER_MINUTE = 60;
/** A minute's share must be over before the next one begins. */
const SHARE_MS = 50_000;
/** So many without any answer, one after the other, and the rest of the minute's share is left out. */
const MAX_SILENT = 3;

const SILENT: ReadonlySet<string> = new Set(REGISTRAR_SILENCES);

export interface Sweep {
  enabled: boolean;
  perMinute: number;
  /** Of the round that is under way; null: none is. */
  roundStartedAt: Date | null;
  /** Of the last round that came to its end. */
  roundEndedAt: Date | null;
}

const OFF: Sweep = { enabled: false, perMinute: DEFAULT_PER_MINUTE, roundStartedAt: null, roundEndedAt: null };

/** The slow walk through all users of a connector that asks their registrar, where an admin has switched it on. */
@Injectable()
export class RegistrarSweeps {
  constructor(
    private readonly database: Database,
    private readonly accounts: RegistrarAccountRepository,
    private readonly checks: RegistrarChecks,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async get(connectorId: string): Promise<Sweep> {
    const { rows } = await this.database.query<Sweep>(
      `select enabled, per_minute as "perMinute", round_started_at as "roundStartedAt", round_ended_at as "roundEndedAt"
       from registrar_sweeps where connector_id = $1`,
      [connectorId],
    );
    return rows[0] ?? OFF;
  }

  /** @throws AppError `not_found` */
  async set(connectorId: string, wanted: Pick<Sweep, 'enabled' | 'perMinute'>, by: Actor): Promise<Sweep> {
    await this.database.transaction(async (transaction) => {
      const { enabled, perMinute } = wanted;
      await lockConnector(connectorId, transaction);
      await transaction.query(
        `insert into registrar_sweeps (connector_id, enabled, per_minute) values ($1, $2, $3)
         on conflict (connector_id) do update set enabled = $2, per_minute = $3`,
        [connectorId, enabled, perMinute],
      );
      await this.audit.record(
        {
          ...by,
          connectorId,
          action: 'registrar_sweep.changed',
          subject: connectorId,
          details: { enabled, perMinute },
        },
        transaction,
      );
    });
    return this.get(connectorId);
  }

  /** Those whose next share is due now. */
  async due(): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select s.connector_id as id from registrar_sweeps s join connectors c using (connector_id)
       where s.enabled and c.state in ('active', 'reauthorization_required') order by 1`,
    );
    return rows.map(({ id }) => id);
  }

  /** One minute's share. Where it stands is written after each user: a killed process goes on there. @returns how many were asked */
  async takeShare(connectorId: string, signal: AbortSignal): Promise<number> {
    const started = performance.now();
    const [place] = (
      await this.database.query<{ lastUserId: string | null; perMinute: number }>(
        `update registrar_sweeps set round_started_at = coalesce(round_started_at, $2) where connector_id = $1 and enabled
         returning last_user_id as "lastUserId", per_minute as "perMinute"`,
        [connectorId, this.clock.now()],
      )
    ).rows;
    if (place === undefined) return 0;
    const accounts = await this.accounts.next(connectorId, place.lastUserId, place.perMinute);
    let asked = 0;
    let silent = 0;
    for (const account of accounts) {
      if (signal.aborted || silent >= MAX_SILENT || performance.now() - started > SHARE_MS) return asked;
      const result = await this.ask(connectorId, account, signal);
      if (signal.aborted) return asked;
      asked += 1;
      silent = result !== undefined && SILENT.has(result) ? silent + 1 : 0;
      await this.moveOn(connectorId, account.userId);
    }
    if (accounts.length < place.perMinute) await this.endRound(connectorId);
    return asked;
  }

  /** undefined: this one cannot be asked about. The walk is not to end at a row that somebody broke by hand. */
  private async ask(connectorId: string, account: StoredAccount, signal: AbortSignal): Promise<string | undefined> {
    try {
      return (await this.checks.check(connectorId, account, 'sweep', signal)).result;
    } catch (error) {
      if (!signal.aborted)
        this.logger.warn(
          { connectorId, userId: account.userId, reason: reasonOf(error) },
          'a registrar could not be asked',
        );
      return undefined;
    }
  }

  private async moveOn(connectorId: string, userId: string): Promise<void> {
    await this.database.query('update registrar_sweeps set last_user_id = $2 where connector_id = $1', [
      connectorId,
      userId,
    ]);
  }

  private async endRound(connectorId: string): Promise<void> {
    await this.database.query(
      'update registrar_sweeps set last_user_id = null, round_started_at = null, round_ended_at = $2 where connector_id = $1',
      [connectorId, this.clock.now()],
    );
  }
}
