import type { Repository } from 'typeorm';
import type { SyncRun } from './sync-run';
import type { SyncRunEntity } from './sync-run.entity';

/** Past and present runs of a connector, newest first. */
export class SyncRunHistory {
  constructor(private readonly runs: Repository<SyncRunEntity>) {}

  async find(connectorId: string, runId: string): Promise<SyncRun | undefined> {
    return (await this.runs.findOneBy({ connectorId, runId }))?.toRun();
  }

  /** `after`: id of the last run of the page before. Its place is looked up: a JavaScript date would lose its microseconds. */
  async list(connectorId: string, after: string | undefined, limit: number): Promise<SyncRun[]> {
    const query = this.runs
      .createQueryBuilder('run')
      .where('run.connectorId = :connectorId', { connectorId })
      .orderBy('run.createdAt', 'DESC')
      .addOrderBy('run.runId', 'DESC')
      .limit(limit);
    if (after !== undefined) {
      query.andWhere(
        `(run.createdAt, run.runId) <
         (select last.created_at, last.run_id from sync_runs last where last.connector_id = :connectorId and last.run_id = :after)`,
        { after },
      );
    }
    return (await query.getMany()).map((entity) => entity.toRun());
  }
}
