import type { Alerts } from '../alerts/alerts';
import type { RiskReason } from '../oauth/grant';
import { CHECK_GRANT, renewGrantJob } from '../oauth/grant-jobs';
import { GrantListener } from '../oauth/grant-listener';
import type { GrantStore } from '../oauth/grant.store';
import type { Provider } from '../oauth/provider';
import type { AuditLog } from '../platform/audit/audit-log';
import type { Clock } from '../platform/clock/clock';
import type { Queryable } from '../platform/database/database';
import type { Queue } from '../platform/queue/queue';
import type { ConnectorRepository } from './connector.repository';
import type { StateSettling } from './state-settling';

/** Who follows when a grant ends or may not be relied on; all of it in the transaction that has found out. */
export class GrantSuccession extends GrantListener {
  constructor(
    private readonly connectors: ConnectorRepository,
    private readonly grants: GrantStore,
    private readonly settling: StateSettling,
    private readonly alerts: Alerts,
    private readonly audit: AuditLog,
    private readonly queue: Queue,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async grantDied(
    transaction: Queryable,
    died: { connectorId: string; provider: Provider; grantId: string; reason: string },
  ): Promise<boolean> {
    const { connectorId, provider, grantId, reason } = died;
    const connector = await this.connectors.findById(transaction, connectorId);
    if (connector === undefined) return false;
    await this.record(transaction, 'grant.died', died, { reason });
    // Of a disconnected connector nobody needs to hear.
    if (connector.state === 'disconnected') return false;
    const successor = await this.promote(transaction, died);
    if (provider === 'zoom' && reason === 'app_deauthorized') await this.afterRemoval(transaction, connectorId);
    const state = await this.settling.settle(transaction, connector);
    // What follows from it is told by itself; a standby that died, or a second side, is told by this alone.
    const byMail = successor === undefined && state === connector.state;
    await this.alerts.raise({ connectorId, kind: 'grant.dead', provider, grantId, reason, byMail }, transaction);
    return successor !== undefined || (await this.grants.countActive(connectorId, provider, transaction)) > 0;
  }

  override async grantAtRisk(
    transaction: Queryable,
    flagged: { connectorId: string; provider: Provider; grantId: string; reason: RiskReason },
  ): Promise<boolean> {
    const { connectorId, provider, grantId, reason } = flagged;
    const connector = await this.connectors.findById(transaction, connectorId);
    if (connector === undefined || connector.state === 'disconnected') return false;
    await this.record(transaction, 'grant.at_risk', flagged, { reason });
    const successor = await this.makeRoom(transaction, flagged);
    await this.alerts.raise(
      { connectorId, kind: 'grant.at_risk', provider, grantId, reason, byMail: successor === undefined },
      transaction,
    );
    return successor !== undefined || (await this.isOutOfUse(transaction, flagged));
  }

  /** For whoever brings a healthy standby: a flagged grant had to stay in use only because there was none. */
  async relieve(transaction: Queryable, connectorId: string, provider: Provider): Promise<void> {
    const active = await this.grants.findActive(connectorId, provider, transaction);
    const grant = active && (await this.grants.find(connectorId, active.grantId, transaction));
    if (grant === undefined || grant.atRiskReason === null) return;
    await this.makeRoom(transaction, { connectorId, provider, grantId: grant.grantId, reason: grant.atRiskReason });
  }

  /** A flagged grant that is in use gives its place to a healthy standby; without one it stays: it may still be good for something. */
  private async makeRoom(
    transaction: Queryable,
    flagged: { connectorId: string; provider: Provider; grantId: string; reason: string },
  ): Promise<string | undefined> {
    const { connectorId, provider, grantId } = flagged;
    const grant = await this.grants.find(connectorId, grantId, transaction);
    if (grant?.state !== 'active') return undefined;
    if (!(await this.grants.hasHealthyStandby(connectorId, provider, transaction))) return undefined;
    await this.grants.demoteActive(connectorId, provider, this.clock.now(), transaction);
    return this.promote(transaction, flagged);
  }

  private async isOutOfUse(
    transaction: Queryable,
    { connectorId, provider, grantId }: { connectorId: string; provider: Provider; grantId: string },
  ): Promise<boolean> {
    const active = await this.grants.findActive(connectorId, provider, transaction);
    return active !== undefined && active.grantId !== grantId;
  }

  override async appRemoved(transaction: Queryable, removed: { connectorId: string; grantId: string }): Promise<void> {
    const { connectorId, grantId } = removed;
    const connector = await this.connectors.findById(transaction, connectorId);
    if (connector === undefined || connector.state === 'disconnected') return;
    const reason = 'app_deauthorized';
    await this.grants.correctDeadReason(connectorId, grantId, reason, transaction);
    await this.record(transaction, 'grant.deauthorised', { connectorId, provider: 'zoom', grantId }, { reason });
    await this.afterRemoval(transaction, connectorId);
    await this.settling.settle(transaction, connector);
  }

  override async grantRecovered(
    transaction: Queryable,
    recovered: { connectorId: string; provider: Provider; grantId: string },
  ): Promise<void> {
    const connector = await this.connectors.findById(transaction, recovered.connectorId);
    if (connector === undefined || connector.state === 'disconnected') return;
    await this.record(transaction, 'grant.recovered', recovered, {});
    await this.promote(transaction, recovered);
    await this.relieve(transaction, recovered.connectorId, recovered.provider);
    await this.settling.settle(transaction, connector);
  }

  /** The app counts as removed when nobody's grant is left: of one admin of several it is theirs alone. */
  private async afterRemoval(transaction: Queryable, connectorId: string): Promise<void> {
    const active = await this.grants.findActive(connectorId, 'zoom', transaction);
    // Zoom's staff say that an owner who removes the app revokes other admins' tokens with it: know that now, not later.
    if (active !== undefined) await this.checkSoon(transaction, connectorId, active.grantId);
    else await this.connectors.setZoomDeauthorised(transaction, connectorId, this.clock.now());
  }

  /** Fills an empty place. @returns the grant that is active now and was not before */
  private async promote(
    transaction: Queryable,
    from: { connectorId: string; provider: Provider; grantId: string; reason?: string },
  ): Promise<string | undefined> {
    const { connectorId, provider, reason } = from;
    if ((await this.grants.countActive(connectorId, provider, transaction)) > 0) return undefined;
    const successor = await this.grants.promoteStandby(connectorId, provider, this.clock.now(), transaction);
    if (successor !== undefined && provider === 'zoom')
      await this.connectors.setZoomDeauthorised(transaction, connectorId, null);
    if (successor === undefined || successor === from.grantId) return successor;
    await this.record(transaction, 'grant.switched', { ...from, grantId: successor }, { from: from.grantId });
    await this.alerts.raise(
      {
        connectorId,
        kind: 'grant.switched',
        provider,
        grantId: successor,
        ...(reason === undefined ? {} : { reason }),
        details: { from: from.grantId },
      },
      transaction,
    );
    return successor;
  }

  private record(
    transaction: Queryable,
    action: string,
    { connectorId, provider, grantId }: { connectorId: string; provider: Provider; grantId: string },
    details: Record<string, string>,
  ): Promise<void> {
    return this.audit.record(
      {
        connectorId,
        actorKind: 'system',
        actorId: 'grant-vault',
        action,
        subject: grantId,
        details: { provider, ...details },
      },
      transaction,
    );
  }

  private checkSoon(transaction: Queryable, connectorId: string, grantId: string): Promise<void> {
    const look = { connectorId, grantId, renew: true, deadReason: 'app_deauthorized' };
    return this.queue.add(CHECK_GRANT, look, renewGrantJob(grantId), transaction);
  }
}
