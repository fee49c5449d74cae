import { Injectable } from '@nestjs/common';
import { LruCache } from '../../access/lru-cache';
import { ConnectorsService } from '../../connector/connectors.service';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import type { Language } from '../../platform/config/config';
import { AppError } from '../../platform/errors/app-error';
import { withTraces } from '../../platform/remote/trace-scope';
import { CHECK_CODES, type CheckCode } from './check-codes';
import { countStates, describePreflight, type Findings } from './describe-preflight';
import type { PreflightFacts } from './facts';
import type { Finding } from './findings';
import { PreflightFactsReader } from './preflight-facts.reader';
import type { PreflightDto } from './preflight.dto';
import { RULES } from './rules/rules';

/** So long the providers are not asked again about the same connector. */
export const PREFLIGHT_CACHE_MS = 30_000;
const MOST_CONNECTORS = 1_000;

interface Result {
  findings: Findings;
  checkedAt: Date;
}

/**
 * Looks at everything that a customer has to set up. Who asks while a look is under way, or shortly after, gets the
 * same one: however often somebody asks, each process asks the providers twice a minute at most.
 */
@Injectable()
export class PreflightService {
  private readonly underWay = new Map<string, Promise<Result>>();
  private readonly recent = new LruCache<Result>(MOST_CONNECTORS);

  constructor(
    private readonly connectors: ConnectorsService,
    private readonly reader: PreflightFactsReader,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not_found`, `connector_not_active` for one that is disconnected */
  async get(connectorId: string, language: Language, by: Actor): Promise<PreflightDto> {
    const { state } = await this.connectors.get(connectorId);
    if (state === 'disconnected')
      throw new AppError('connector_not_active', 'The connector is disconnected: there is nothing to look at.');
    const { findings, checkedAt } = this.recentOf(connectorId) ?? (await this.share(connectorId, by));
    return describePreflight(findings, checkedAt, language);
  }

  private recentOf(connectorId: string): Result | undefined {
    const known = this.recent.get(connectorId);
    const age = known === undefined ? Infinity : this.clock.now().getTime() - known.checkedAt.getTime();
    return age >= 0 && age < PREFLIGHT_CACHE_MS ? known : undefined;
  }

  private share(connectorId: string, by: Actor): Promise<Result> {
    const running = this.underWay.get(connectorId);
    if (running !== undefined) return running;
    const look = withTraces(() => this.look(connectorId, by)).finally(() => this.underWay.delete(connectorId));
    this.underWay.set(connectorId, look);
    return look;
  }

  private async look(connectorId: string, by: Actor): Promise<Result> {
    const findings = judge(await this.reader.read(connectorId));
    const result = { findings, checkedAt: this.clock.now() };
    const details = { ...countStates(findings) };
    await this.audit.record({ ...by, connectorId, action: 'preflight.read', subject: connectorId, details });
    this.recent.set(connectorId, result);
    return result;
  }
}

const judge = (facts: PreflightFacts): Findings =>
  Object.fromEntries(CHECK_CODES.map((code): [CheckCode, Finding] => [code, RULES[code](facts)])) as Findings;
