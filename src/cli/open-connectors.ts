import type { ConnectorsService } from '../connector/connectors.service';

/** Loads TypeORM only for the commands that need it (0.4 s). */
export async function openConnectors<T>(
  databaseUrl: string,
  work: (connectors: ConnectorsService) => Promise<T>,
): Promise<T> {
  const [{ DataSource }, { Connector }, { ConnectorsService: Service }] = await Promise.all([
    import('typeorm'),
    import('../connector/connector.entity.js'),
    import('../connector/connectors.service.js'),
  ]);
  const source = new DataSource({ type: 'postgres', url: databaseUrl, entities: [Connector], poolSize: 1 });
  try {
    await source.initialize();
    return await work(new Service(source.getRepository(Connector)));
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}
