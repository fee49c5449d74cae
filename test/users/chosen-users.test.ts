import { randomUUID } from 'node:crypto';
import { AppError } from '../../src/platform/errors/app-error';
import { ChosenUsersService } from '../../src/users/chosen/chosen-users.service';
import { registered, UsersApp } from './users-app';

const ADMIN = { actorKind: 'admin', actorId: 'cli' } as const;

describe('chosen users', () => {
  let users: UsersApp;
  let chosen: ChosenUsersService;
  const codeOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );

  beforeAll(async () => {
    users = await UsersApp.start();
    chosen = users.app.get(ChosenUsersService);
  });
  afterAll(() => users.stop());

  it('adds an unknown user as pending, once', async () => {
    await chosen.add(users.connectorId, ' New@Example.com ', ADMIN);
    await chosen.add(users.connectorId, 'new@example.com', ADMIN);
    expect((await users.get('/new@example.com')).body).toMatchObject({
      status: 'pending',
      membership: 'chosen',
      userId: null,
      syncedAt: null,
    });
    const { rows } = await users.database.query(`select subject from audit_events where action = 'user.chosen'`);
    expect(rows).toEqual([{ subject: 'new@example.com' }]);
  });

  it('takes over a user who is there, and brings a removed one back', async () => {
    await users.addUser({ email: 'there@example.com' });
    await users.addUser({ email: 'back@example.com', credential: 'none', status: 'removed' });
    await chosen.add(users.connectorId, 'there@example.com', ADMIN);
    await chosen.add(users.connectorId, 'back@example.com', ADMIN);
    expect((await users.get('/there@example.com')).body).toMatchObject({ status: 'inactive', membership: 'chosen' });
    expect((await users.get('/back@example.com')).body).toMatchObject({ status: 'pending', membership: 'chosen' });
  });

  it('leaves a user of an automatic connector to the next sync', async () => {
    await chosen.remove(users.connectorId, 'there@example.com', ADMIN);
    expect((await users.get('/there@example.com')).body).toMatchObject({ status: 'inactive', membership: 'automatic' });
    expect(await codeOf(chosen.remove(users.connectorId, 'there@example.com', ADMIN))).toBe('not_found');
  });

  it('lets the next sync read everybody, because CloudLink has not changed those whom an admin chooses', async () => {
    const postpone = (): Promise<unknown> =>
      users.database.query(`update connectors set next_full_sync_at = now() + interval '6 hours'`);
    const isFullDue = async (): Promise<boolean> =>
      (await users.database.query('select from connectors where next_full_sync_at is null')).rowCount === 1;
    await postpone();
    await chosen.add(users.connectorId, 'full@example.com', ADMIN);
    expect(await isFullDue()).toBe(true);
    await postpone();
    await chosen.add(users.connectorId, 'full@example.com', ADMIN);
    expect(await isFullDue()).toBe(false);
    await chosen.remove(users.connectorId, 'full@example.com', ADMIN);
    expect(await isFullDue()).toBe(true);
  });

  it('lets many be added at once', async () => {
    const emails = Array.from({ length: 8 }, (_, n) => `at.once.${n}@example.com`);
    await Promise.all(emails.map((email) => chosen.add(users.connectorId, email, ADMIN)));
    const { rowCount } = await users.database.query('select from integrated_users where email = any($1)', [emails]);
    expect(rowCount).toBe(8);
  });

  it('removes a user of a chosen connector at once, with credential and devices', async () => {
    await users.database.query(`update connectors set membership = 'chosen' where connector_id = $1`, [
      users.connectorId,
    ]);
    const userId = await users.addUser({ email: 'leaver@example.com' });
    await chosen.add(users.connectorId, 'leaver@example.com', ADMIN);
    await users.report('leaver@example.com', 'd', registered());
    await chosen.remove(users.connectorId, 'leaver@example.com', ADMIN);
    expect((await users.get('/leaver@example.com')).body).toMatchObject({
      status: 'removed',
      registrations: [],
      credential: { state: 'none' },
    });
    expect((await users.get('/leaver@example.com/registration?platform=desktop')).status).toBe(404);
    expect((await users.database.query('select from sip_credentials where user_id = $1', [userId])).rowCount).toBe(0);
    await users.database.query(`update connectors set membership = 'automatic' where connector_id = $1`, [
      users.connectorId,
    ]);
  });

  it.each(['', 'nobody', 'a@b@c', 'a b@example.com', 'a\u0000@example.com', `${'a'.repeat(250)}@example.com`])(
    'refuses the email %j',
    async (email) => {
      expect(await codeOf(chosen.add(users.connectorId, email, ADMIN))).toBe('invalid_request');
    },
  );

  it('knows no other connector', async () => {
    expect(await codeOf(chosen.add(randomUUID(), 'a@example.com', ADMIN))).toBe('not_found');
    expect(await codeOf(chosen.add('nonsense', 'a@example.com', ADMIN))).toBe('not_found');
    expect(await codeOf(chosen.remove(users.connectorId, 'stranger@example.com', ADMIN))).toBe('not_found');
  });
});
