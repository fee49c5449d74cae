import type { EntityManager } from 'typeorm';
import type { ConnectorsService } from '../connector/connectors.service';
import { AuditLog } from '../platform/audit/audit-log';
import type { Queryable } from '../platform/database/database';

/**
 * Loads TypeORM only for the commands that need it (0.4 s). What `work` changes and what it records of that is one
 * transaction.
 */
export async function openConnectors<T>(
  databaseUrl: string,
  work: (connectors: ConnectorsService, audit: AuditLog) => Promise<T>,
): Promise<T> {
  const [{ DataSource }, { Connector }, { ConnectorsService: Service }] = await Promise.all([
    import('typeorm'),
    import('../connector/connector.entity.js'),
    import('../connector/connectors.service.js'),
  ]);
  const source = new DataSource({ type: 'postgres', url: databaseUrl, entities: [Connector], poolSize: 1 });
  try {
    await source.initialize();
    return await source.transaction((manager) =>
      work(new Service(manager.getRepository(Connector)), new AuditLog(queryableOf(manager))),
    );
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

/** TypeORM answers a statement with the bare rows. */
const queryableOf = (manager: EntityManager): Queryable => ({
  query: async (statement, values) => {
    const { text, parameters } =
      typeof statement === 'string'
        ? { text: statement, parameters: values }
        : { text: statement.text, parameters: statement.values };
    const rows: never[] = await manager.query(text, parameters);
    return { rows, rowCount: rows.length, command: '', oid: 0, fields: [] };
  },
});
