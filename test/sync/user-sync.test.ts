import { endedRun, startProgram, until, type Program } from '../support/program';

interface User {
  userId: string;
  email: string;
  displayName: string;
  syncedAt: string;
}

/** The whole program, with the sandbox for both sides. */
describe('a user who is read anew', () => {
  let program: Program;
  let connectorId: string;
  let token: string;
  let base: string;

  beforeAll(async () => {
    program = await startProgram({ users: 20 });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    token = await program.token(connectorId);
    base = `/v1/connectors/${connectorId}`;
  });
  afterAll(() => program.stop());

  const ask = async (email: string): Promise<{ status: number; body: { requestedAt: string; code: string } }> => {
    const response = await fetch(`${program.url}${base}/users/${encodeURIComponent(email)}/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: (await response.json()) as { requestedAt: string; code: string } };
  };
  const user = async (email: string): Promise<User> =>
    (await program.get(`${base}/users/${encodeURIComponent(email)}`, token)).body as unknown as User;
  const read = (email: string, after: string): Promise<User> =>
    until('the user to be read', async () => {
      const found = await user(email);
      return Date.parse(found.syncedAt) > Date.parse(after) ? found : undefined;
    });
  const emails = async (): Promise<string[]> => {
    const { body } = await program.get(`${base}/users?status=inactive&limit=2`, token);
    return (body['items'] as User[]).map(({ email }) => email);
  };
  const hash = async (email: string): Promise<unknown> =>
    (
      await program.database.query(
        'select md5_ha1, sha256_ha1 from sip_credentials join integrated_users using (connector_id, user_id) where email = $1',
        [email],
      )
    ).rows[0];

  it('has what both sides say now, and shows that it was read', async () => {
    const [email = '', other = ''] = await emails();
    const before = [await hash(email), await hash(other)];
    const otherBefore = await user(other);
    program.sandbox.control.changeCredentials(1, 1);
    const { status, body } = await ask(email);
    expect(status).toBe(202);
    await read(email, body.requestedAt);
    expect(await hash(email)).not.toEqual(before[0]);
    // Nothing has changed any more: it is seen to be read all the same, and nobody else is touched.
    const others = await user(other);
    const again = await ask(email.toUpperCase());
    await read(email, again.body.requestedAt);
    expect((await user(other)).syncedAt).toBe(others.syncedAt);
    expect(Date.parse(others.syncedAt)).toBeGreaterThanOrEqual(Date.parse(otherBefore.syncedAt));
    const { rows } = await program.database.query(
      `select actor_kind, subject from audit_events where action = 'user.sync_requested'`,
    );
    expect(rows).toEqual([email, email].map((subject) => ({ actor_kind: 'client', subject })));
  });

  it('is gone at once when Zoom says so', async () => {
    const [email = ''] = await emails();
    const { rows } = await program.database.query<{ id: string }>(
      `update integrated_users set zoom_user_id = 'GoneFromZoom' where email = $1 returning zoom_user_id as id`,
      [email],
    );
    expect(rows).toHaveLength(1);
    expect((await ask(email)).status).toBe(202);
    await until('the removal', async () => {
      const found = await program.database.query(
        `select from integrated_users where email = $1 and status = 'removed'`,
        [email],
      );
      return found.rowCount === 1 ? true : undefined;
    });
    expect(await ask(email)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('is refused while a run waits for a person, and where the connector is not active', async () => {
    const [email = ''] = await emails();
    await until('no open run', async () => {
      const { rowCount } = await program.database.query(
        `select from sync_runs where state in ('queued', 'running') union all
         select from graphile_worker._private_jobs where key like 'sync-user/%'`,
      );
      return rowCount === 0 ? true : undefined;
    });
    await program.database.query(
      `update sync_runs set state = 'awaiting_approval' where run_id = (select run_id from sync_runs order by created_at desc limit 1)`,
    );
    expect(await ask(email)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await program.database.query(`update sync_runs set state = 'succeeded' where state = 'awaiting_approval'`);
    for (const [state, code] of [
      ['reauthorization_required', 'reauthorization_required'],
      ['disconnected', 'connector_not_active'],
    ]) {
      await program.database.query('update connectors set state = $1', [state]);
      expect(await ask(email)).toMatchObject({ status: 409, body: { code } });
    }
  });
});
