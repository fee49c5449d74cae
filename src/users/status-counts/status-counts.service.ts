import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { planSteps } from './plan-steps';
import type { StatusCountsHistoryDto } from './status-counts.dto';
import { StatusCountsRepository } from './status-counts.repository';

/** The counts of the last hours, as many as a chart can show. */
@Injectable()
export class StatusCountsService {
  constructor(
    private readonly database: Database,
    private readonly counts: StatusCountsRepository,
    private readonly clock: Clock,
  ) {}

  async history(connectorId: string, hours: number): Promise<StatusCountsHistoryDto> {
    const steps = planSteps(this.clock.now(), hours);
    const items = await this.counts.list(connectorId, steps, this.database);
    return {
      stepSeconds: steps.stepSeconds,
      items: items.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
    };
  }
}
