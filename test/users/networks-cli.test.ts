import { randomBytes, randomUUID } from 'node:crypto';
import { runCommandLine } from '../../src/cli/run-command-line';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('connectors networks', () => {
  const connectorId = randomUUID();
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database(test.url);
    await database.query('insert into connectors (connector_id) values ($1)', [connectorId]);
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  async function cli(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const exitCode = await runCommandLine(['connectors', 'networks', ...args], {
      env: {
        DATABASE_URL: test.url,
        ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
        PUBLIC_URL: 'https://host.example',
        ZOOM_CLIENT_ID: 'zoom',
        ZOOM_CLIENT_SECRET: 'zoom-secret',
        CLOUDLINK_CLIENT_ID: 'cloudlink',
      },
      print: (text) => void out.push(text),
      tell: (text) => void err.push(text),
    });
    return { exitCode, out: out.join('\n'), err: err.join('\n') };
  }

  it('shows, adds and removes, and records who did', async () => {
    expect((await cli(connectorId)).out).toContain('no onsite networks');
    await cli(connectorId, '--add', '10.20.0.0/16', '--add', '2001:db8:20::/48', '--site', 'Munich');
    await cli(connectorId, '--add', '10.0.0.0/8');
    // The same network of another site is another entry.
    const removed = await cli(connectorId, '--remove', '10.20.0.0/16', '--json');
    expect(JSON.parse(removed.out)).toEqual({
      items: [
        { cidr: '10.0.0.0/8', site: '' },
        { cidr: '10.20.0.0/16', site: 'Munich' },
        { cidr: '2001:db8:20::/48', site: 'Munich' },
      ],
    });
    await cli(connectorId.toUpperCase(), '--remove', '10.20.0.0/16', '--site', 'Munich', '--add', '10.21.0.0/16');
    expect((await cli(connectorId)).out).toBe(
      'NETWORK           SITE\n10.0.0.0/8        (every site)\n10.21.0.0/16      Munich\n2001:db8:20::/48  Munich',
    );
    const { rows } = await database.query<{ actor_id: string; details: unknown }>(
      `select actor_id, details from audit_events where action = 'networks.changed' order by event_id`,
    );
    expect(rows.map(({ details }) => details)).toEqual([
      { added: '10.20.0.0/16 (Munich), 2001:db8:20::/48 (Munich)', removed: '' },
      { added: '10.0.0.0/8', removed: '' },
      { added: '10.21.0.0/16 (Munich)', removed: '10.20.0.0/16 (Munich)' },
    ]);
    expect(rows[0]?.actor_id).toMatch(/^cli:/);
  });

  it('refuses what is no network, and connectors that are not there', async () => {
    const wrong = await cli(connectorId, '--add', '10.20.3.4/16');
    expect([wrong.exitCode, wrong.out]).toEqual([expect.any(Number), '']);
    expect(wrong.exitCode).not.toBe(0);
    expect(wrong.err).toContain('10.20.0.0/16 is the network');
    const unknown = await cli(randomUUID());
    expect(unknown.exitCode).not.toBe(0);
    expect(unknown.err).toContain('no such connector');
    expect((await cli('nonsense')).exitCode).toBe(2);
  });
});
