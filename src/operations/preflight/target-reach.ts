import { Injectable } from '@nestjs/common';
import { TargetListRepository } from '../../targets/target-list.repository';

/** One registration target as it was last looked at. */
export interface ProbedTarget {
  host: string;
  port: number;
  role: string;
  state: 'ok' | 'degraded' | 'down';
}

/** The last look at all targets of a connector. */
export interface ProbedTargets {
  /** The oldest of the looks. */
  at: Date;
  targets: readonly ProbedTarget[];
}

/** Whether the registration targets answer, as the probes have seen it last. */
@Injectable()
export class TargetReach {
  constructor(private readonly targets: TargetListRepository) {}

  /** undefined: nobody has looked yet, or may look. */
  async lastLook(connectorId: string): Promise<ProbedTargets | undefined> {
    const targets: ProbedTarget[] = [];
    let at: Date | undefined;
    for (const { host, port, role, state, checkedAt } of await this.targets.list(connectorId)) {
      if (state === 'unknown' || checkedAt === null) continue;
      targets.push({ host, port, role, state });
      if (at === undefined || checkedAt < at) at = checkedAt;
    }
    return at === undefined ? undefined : { at, targets };
  }
}
