import { randomUUID } from 'node:crypto';
import { AuditLog } from '../../src/platform/audit/audit-log';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('the audit', () => {
  let place: TestDatabase;
  let database: Database;
  const connectorId = randomUUID();

  beforeAll(async () => {
    place = await createTestDatabase();
    database = new Database(place.url, { max: 2 });
    await database.query('insert into connectors (connector_id) values ($1)', [connectorId]);
    const entry = { connectorId, actorKind: 'system', actorId: 'test', action: 'test.done' } as const;
    await new AuditLog(database).record(entry);
  });
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  it.each([
    `update audit_events set action = 'nothing.done'`,
    `update audit_events set at = now()`,
    'delete from audit_events',
    'truncate audit_events',
    'truncate audit_events, connectors cascade',
    `insert into audit_events (connector_id, event_id, actor_kind, actor_id, action) overriding system value
       select connector_id, event_id, 'admin', 'forger', 'test.done' from audit_events
       on conflict (connector_id, event_id) do update set actor_id = excluded.actor_id`,
    `merge into audit_events a using audit_events b on a.event_id = b.event_id when matched then delete`,
  ])('refuses: %s', async (statement) => {
    await expect(database.query(statement)).rejects.toMatchObject({
      code: '23001',
      message: 'audit_events is append-only',
    });
    const { rows } = await database.query('select action, actor_id from audit_events');
    expect(rows).toEqual([{ action: 'test.done', actor_id: 'test' }]);
  });

  it('outlives its connector', async () => {
    await database.query('delete from connectors where connector_id = $1', [connectorId]);
    expect((await database.query('select 1 from audit_events')).rowCount).toBe(1);
  });
});
