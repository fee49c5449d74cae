import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { judgeProbe } from '../sip/probe/judge-probe';
import { probeTarget } from '../sip/probe/probe-target';
import { CertificateWarnings } from './certificate-warnings';
import { lockConnector } from './lock-connector';
import { ProbeRecordRepository, type PastProbe } from './probe-record.repository';
import { toSeen, type ProbeCause, type StoredTarget } from './stored-target';
import { TargetDialling } from './target-dialling';
import { TargetListRepository } from './target-list.repository';

/** A list younger than this is shown as it is. */
const LISTED_MS = 60_000;
/** Between two looks by hand at one target. */
const TURN_MS = 10_000;
/** Targets of one connector at once: most are answered within milliseconds, and a dead network takes seconds for each. */
const AT_ONCE = 4;

/** Looks at the places that the users of a connector register with, and keeps what it has seen. */
@Injectable()
export class TargetProbes {
  constructor(
    private readonly database: Database,
    private readonly targets: TargetListRepository,
    private readonly records: ProbeRecordRepository,
    private readonly dialling: TargetDialling,
    private readonly warnings: CertificateWarnings,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async list(connectorId: string): Promise<StoredTarget[]> {
    const now = this.clock.now();
    if (await this.targets.isOlderThan(connectorId, new Date(now.getTime() - LISTED_MS)))
      await this.targets.refresh(connectorId, now);
    return this.targets.list(connectorId);
  }

  /** Newest first. @throws AppError `not_found`, `invalid_request` */
  async history(
    connectorId: string,
    targetId: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: PastProbe[]; nextCursor: string | null }> {
    await this.require(connectorId, targetId);
    return this.records.history({ connectorId, targetId }, page);
  }

  /** Looks now, for somebody who waits for it. @throws AppError `not_found`, `too_many_requests` */
  async probeNow(connectorId: string, targetId: string, signal: AbortSignal): Promise<StoredTarget> {
    const target = await this.require(connectorId, targetId);
    const now = this.clock.now();
    if (!(await this.targets.takeTurn(connectorId, targetId, now, new Date(now.getTime() - TURN_MS))))
      throw new AppError('too_many_requests', `One target is looked at every ${TURN_MS / 1000} seconds at most.`, {
        retryable: true,
        retryAfterSeconds: TURN_MS / 1000,
      });
    await this.probe(connectorId, target, 'manual', signal);
    return this.require(connectorId, targetId);
  }

  /** The same as `probeAll`, for somebody who has named the connector. @throws AppError `not_found` */
  async probeAllNow(connectorId: string, signal: AbortSignal): Promise<StoredTarget[]> {
    await this.database.transaction((transaction) => lockConnector(connectorId, transaction));
    return this.probeAll(connectorId, 'manual', signal);
  }

  /** Lists the targets anew and looks at all of them, a few at once. */
  async probeAll(connectorId: string, cause: ProbeCause, signal: AbortSignal): Promise<StoredTarget[]> {
    await this.targets.refresh(connectorId, this.clock.now());
    const waiting = await this.targets.list(connectorId);
    const work = async (): Promise<void> => {
      for (let target = waiting.shift(); target !== undefined; target = waiting.shift())
        await this.probe(connectorId, target, cause, signal);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return this.targets.list(connectorId);
  }

  private async probe(
    connectorId: string,
    target: StoredTarget,
    cause: ProbeCause,
    signal: AbortSignal,
  ): Promise<void> {
    const facts = await probeTarget(target, await this.dialling.optionsFor(connectorId, signal));
    const now = this.clock.now();
    const verdict = judgeProbe(facts, now);
    const look = { at: now, cause, verdict, seen: toSeen(facts) };
    await this.database.transaction(async (transaction) => {
      if (!(await this.records.record({ connectorId, targetId: target.id }, look, transaction))) return;
      if (facts.certificate !== null)
        await this.warnings.warn(connectorId, target, facts.certificate, now, transaction);
    });
    if (verdict.state === target.state && verdict.reason === target.reason) return;
    const { host, port, role } = target;
    const moved = { connectorId, target: target.id, host, port, role, state: verdict.state, reason: verdict.reason };
    this.logger[verdict.state === 'down' ? 'warn' : 'info'](moved, 'the state of a registration target has changed');
  }

  private async require(connectorId: string, targetId: string): Promise<StoredTarget> {
    const target = await this.targets.find(connectorId, targetId);
    if (target === undefined) throw new AppError('not_found', 'This connector has no such target.');
    return target;
  }
}
