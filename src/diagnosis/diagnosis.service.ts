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
import { Remembered } from './remembered';
import { diagnoseConnector, type Finding } from './rules/diagnose-connector';
import { diagnoseUser } from './rules/diagnose-user';
import { severityOf } from './rules/severity-of';

/** Seconds for which one look at the facts of a connector serves all who ask: it reads every failing user. */
const REMEMBERED_SECONDS = 3;
const CAPACITY = 1_000;

interface Picture {
  connector: ConnectorFacts;
  index: TargetIndex;
}

/** Weighs what apps report, what our own looks have shown and what registrars say. Reads only; asks nobody. */
@Injectable()
export class Diagnosis {
  private readonly pictures = new Remembered<Picture>(REMEMBERED_SECONDS * 1000, CAPACITY);
  private readonly findings = new Remembered<Finding[]>(REMEMBERED_SECONDS * 1000, CAPACITY);

  constructor(
    private readonly facts: DiagnosisFactsRepository,
    private readonly targets: TargetListRepository,
    private readonly due: DueStatuses,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async ofConnector(connectorId: string, language: Language): Promise<ConnectorDiagnosisDto> {
    const now = this.clock.now();
    const { connector, index } = await this.picture(connectorId, now);
    const findings = await this.findings.get(connectorId, now, async () => {
      const rows = await this.facts.groups(connectorId, now, isAnyDown(connector));
      return diagnoseConnector(
        connector,
        rows.map((row) => toUserGroup(row, index)),
      );
    });
    return {
      items: findings.map((finding) => ({
        ...inWords(finding, finding.severity, finding.since, connector, language),
        usersAffected: finding.usersAffected,
        usersFailing: finding.usersFailing,
        users: [...finding.emails],
      })),
      at: connector.now.toISOString(),
    };
  }

  /** @throws AppError `not_found` */
  async ofUser(connectorId: string, user: string, language: Language): Promise<UserDiagnosisDto> {
    const now = this.clock.now();
    const key = parseUserKey(user);
    const { connector, index } = await this.picture(connectorId, now);
    const found = await this.facts.findUser(connectorId, key.kind, key.value);
    if (found === undefined) throw unknownUser();
    const [row] = await this.facts.groups(connectorId, now, isAnyDown(connector), found.userId);
    const facts = row === undefined ? undefined : toUserGroup(row, index).facts;
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

  private picture(connectorId: string, now: Date): Promise<Picture> {
    return this.pictures.get(connectorId, now, async () => {
      // Time changes statuses, too, and the facts are read from the stored ones.
      await this.due.settle(now, { connectorId });
      const [targets, counts, burst] = await Promise.all([
        this.targets.list(connectorId),
        this.facts.counts(connectorId, now),
        this.facts.burst(connectorId),
      ]);
      const connector = toConnectorFacts(now, this.config.syncIntervalSeconds, targets, counts, burst);
      return { connector, index: new TargetIndex(connector.targets.values()) };
    });
  }
}

const isAnyDown = ({ targets }: ConnectorFacts): boolean => [...targets.values()].some(({ state }) => state === 'down');

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
