import { Client } from 'pg';
import request from 'supertest';
import { startProgram, type Program } from '../support/program';

describe('health', () => {
  let program: Program;

  beforeAll(async () => {
    program = await startProgram({ users: 5 });
  });
  afterAll(() => program.stop());

  it('is live and ready, without a token, and never cached', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      await request(program.url).get(path).expect(200, { status: 'ok' }).expect('cache-control', 'no-store');
    }
  });

  it('is live but not ready while the database refuses connections, and ready again afterwards', async () => {
    const name = new URL(program.databaseUrl).pathname.slice(1);
    const admin = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
    await admin.connect();
    try {
      await admin.query(`alter database ${name} allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      const answer = await request(program.url).get('/health/ready').expect(503);
      expect(answer.body).toMatchObject({ code: 'unavailable', status: 503 });
      expect(answer.text).not.toContain(name);
      await request(program.url).get('/health/live').expect(200);
      // What needs the database says the same, and is no fault of ours.
      const start = await request(program.url).get('/oauth/zoom/start').expect(503);
      expect(start.text).not.toContain(name);
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
    await request(program.url).get('/health/ready').expect(200);
  });
});
