import { Inject, Injectable } from '@nestjs/common';
import { unknownUser } from '../access/unknown-user';
import { parseUserKey } from '../access/user-key';
import { Clock } from '../platform/clock/clock';
import type { Config, Language } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { TargetListRepository } from '../targets/target-list.repository';
import { DueStatuses } from '../users/due-statuses.service';
import { TargetIndex, toConnectorFacts, toUserGroup } from './assemble-facts';
import { describeCause, type CauseToTell } from './describe-cause';
import { DiagnosisFactsRepository } from './diagnosis-facts.repository';
import type { ConnectorDiagnosisDto, DiagnosisDto, UserDiagnosisDto } from './diagnosis.dto';
import type { Severity } from './diagnosis-code';
import type { ConnectorFacts } from './facts';
import { diagnoseConnector } from './rules/diagnose-connector';
import { diagnoseUser } from './rules/diagnose-user';
import { severityOf } from './rules/severity-of';

/** Weighs what apps report, what our own looks have shown and what registrars say. Reads only; asks nobody. */
@Injectable()
export class Diagnosis {
  constructor(
    private readonly facts: DiagnosisFactsRepository,
    private readonly targets: TargetListRepository,
    private readonly due: DueStatuses,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async ofConnector(connectorId: string, language: Language): Promise<ConnectorDiagnosisDto> {
    const now = this.clock.now();
    await this.due.settle(now, { connectorId });
    const [connector, rows] = await Promise.all([
      this.connectorFacts(connectorId, now),
      this.facts.groups(connectorId, now),
    ]);
    const index = new TargetIndex(connector.targets.values());
    const groups = rows.map((row) => toUserGroup(row, index));
    return {
      items: diagnoseConnector(connector, groups).map((finding) => ({
        ...inWords(finding, finding.severity, finding.since, connector, language),
        usersAffected: finding.usersAffected,
        usersFailing: finding.usersFailing,
        users: [...finding.emails],
      })),
      at: now.toISOString(),
    };
  }

  /** @throws AppError `not_found` */
  async ofUser(connectorId: string, user: string, language: Language): Promise<UserDiagnosisDto> {
    const now = this.clock.now();
    const key = parseUserKey(user);
    await this.due.settle(now, { connectorId });
    const found = await this.facts.findUser(connectorId, key.kind, key.value);
    if (found === undefined) throw unknownUser();
    const [connector, [row]] = await Promise.all([
      this.connectorFacts(connectorId, now),
      this.facts.groups(connectorId, now, found.userId),
    ]);
    const facts = row === undefined ? undefined : toUserGroup(row, new TargetIndex(connector.targets.values())).facts;
    const cause = facts === undefined ? null : diagnoseUser(facts, connector);
    const target = connector.targets.get(cause?.target ?? '') ?? null;
    return {
      userId: found.zoomUserId,
      email: found.email,
      status: found.status,
      diagnosis:
        cause === null || facts === undefined
          ? null
          : inWords({ ...cause, target, user: facts }, severityOf(cause.code), found.since, connector, language),
      at: now.toISOString(),
    };
  }

  private async connectorFacts(connectorId: string, now: Date): Promise<ConnectorFacts> {
    const [targets, counts, burst] = await Promise.all([
      this.targets.list(connectorId),
      this.facts.counts(connectorId, now),
      this.facts.burst(connectorId),
    ]);
    return toConnectorFacts(now, this.config.syncIntervalSeconds, targets, counts, burst);
  }
}

function inWords(
  cause: CauseToTell,
  severity: Severity,
  since: Date | null,
  connector: ConnectorFacts,
  language: Language,
): DiagnosisDto {
  const { code, target, failure } = cause;
  const { title, evidence, nextStep } = describeCause(cause, connector, language);
  return {
    code,
    severity,
    title,
    target:
      target === null
        ? null
        : { id: target.id, role: target.role, host: target.host, port: target.port, transport: target.transport },
    failure,
    since: since?.toISOString() ?? null,
    evidence,
    nextStep,
  };
}
