import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { registered, UsersApp } from './users-app';

describe('status reads that come together', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start({ CLIENT_RATE_LIMIT: '0' });
  });
  afterAll(() => users.stop());

  it('are each answered for their own user, whoever else asks', async () => {
    const emails = Array.from({ length: 40 }, (_, n) => `read${n}@example.com`);
    for (const [n, email] of emails.entries()) await users.addUser({ email, zoomUserId: `ReadId${n}` });
    const names = Array.from({ length: 300 }, (_, n) =>
      n % 3 === 0 ? `ReadId${n % 40}` : `read${n % 40}@example.com`,
    );
    const answers = await Promise.all([...names, 'nobody@example.com'].map((name) => users.get(`/${name}/status`)));
    expect(answers.map(({ body }) => body.email)).toEqual([
      ...names.map((_, n) => `read${n % 40}@example.com`),
      undefined,
    ]);
    expect(answers.at(-1)?.status).toBe(404);
  });

  it('see a report that was acknowledged before they were sent, whatever query was on its way', async () => {
    await users.addUser({ email: 'seen@example.com' });
    for (let round = 0; round < 20; round += 1) {
      const others = Array.from({ length: 10 }, () => users.status('seen@example.com'));
      expect(await users.report('seen@example.com', `d${round}`, registered())).toBe(204);
      const { registrations } = await users.status('seen@example.com');
      expect(registrations.map(({ deviceId }) => deviceId)).toContain(`d${round}`);
      await Promise.all(others);
    }
  });

  it('do not wait for a query that hangs', async () => {
    const other = randomUUID();
    await users.addConnector(other);
    await users.addUser({ email: 'hangs@example.com' }, other);
    await users.addUser({ email: 'goes@example.com' });
    const token = await users.token(['status:read'], other);
    // How fresh a connector is stays known for a second; a machine that is busy may need a second try.
    let answered: unknown;
    for (let tries = 0; tries < 5 && answered === undefined; tries += 1) {
      await sleep(1100);
      await users.get('/nobody@example.com/status', { token, connectorId: other });
      await sleep(1100);
      await users.status('goes@example.com');
      await users.database.transaction(async (transaction) => {
        await transaction.query('lock table connectors in access exclusive mode');
        // It asks how fresh its connector is, the one after it does not.
        const hanging = users.get('/hangs@example.com/status', { token, connectorId: other });
        await sleep(30);
        const going = users.status('goes@example.com');
        answered = await Promise.race([going.then(({ email }) => email), sleep(400)]);
        await transaction.query('rollback');
        expect((await hanging).status).toBe(200);
        await going;
      });
    }
    expect(answered).toBe('goes@example.com');
  }, 30_000);
});
