import { GrantHealth } from '../../src/oauth/grant-health';
import { GrantVault } from '../../src/oauth/grant-vault';
import { KeepAlive } from '../../src/oauth/keep-alive';
import { ReauthorizeLinks } from '../../src/oauth/reauthorize-links';
import type { Provider } from '../../src/oauth/provider';
import { SyncRuns } from '../../src/sync/sync-runs';
import { walkAuthorise, type WalkResult } from '../../sandbox/walkthrough';
import { startProgram, until, type Program } from '../support/program';

interface GrantRow {
  provider: Provider;
  email: string;
  state: string;
  risk: string | null;
  dead: string | null;
}

/** Several admins' grants per side, over HTTP against the sandbox. */
describe('standby grants', () => {
  let program: Program;
  let connectorId: string;

  beforeEach(async () => {
    program = await startProgram({ users: 30 });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await synced();
  });
  afterEach(() => program.stop());

  async function synced(): Promise<void> {
    await until('no open sync run', async () => {
      const { rows } = await program.database.query(`select state from sync_runs order by created_at desc limit 1`);
      return rows[0]?.state === 'succeeded' ? true : undefined;
    });
  }

  const link = (provider: Provider): string =>
    program.app.get(ReauthorizeLinks, { strict: false }).linkFor(connectorId, provider).url;
  const authorise = (provider: Provider, person: string): Promise<WalkResult> =>
    walkAuthorise({
      startUrl: link(provider),
      ...(provider === 'zoom' ? { zoomPerson: person } : { cloudlinkPerson: person }),
    });
  const grants = async (): Promise<GrantRow[]> =>
    (
      await program.database.query<GrantRow>(
        `select provider, subject_email as email, state, at_risk_reason as risk, dead_reason as dead from grants order by provider desc, created_at`,
      )
    ).rows;
  const connector = async (): Promise<Record<string, unknown>> =>
    (await program.database.query('select state, state_reason from connectors')).rows[0] ?? {};
  const alerts = async (): Promise<string[]> =>
    (
      await program.database.query<{ kind: string }>(
        `select concat_ws(' ', kind, provider, reason) as kind from alerts order by at, kind`,
      )
    ).rows.map(({ kind }) => kind);

  it('any admin of the account may authorise the same connector by link; the newcomer waits as standby', async () => {
    const page = await authorise('zoom', 'one.second-admin');
    expect([page.status, page.html]).toEqual([200, expect.stringContaining('standby')]);
    expect((await authorise('cloudlink', 'one.second-admin')).status).toBe(200);
    expect(await grants()).toEqual([
      { provider: 'zoom', email: 'Olga.Owner@nordwind.example', state: 'active', risk: null, dead: null },
      { provider: 'zoom', email: 'Sven.Second@nordwind.example', state: 'standby', risk: null, dead: null },
      { provider: 'cloudlink', email: 'clara.admin@nordwind.example', state: 'active', risk: null, dead: null },
      { provider: 'cloudlink', email: 'dmitri.admin@nordwind.example', state: 'standby', risk: null, dead: null },
    ]);
    // The same admin again: their own grant, not one more.
    expect((await authorise('zoom', 'one.second-admin')).status).toBe(200);
    expect(await grants()).toHaveLength(4);
    expect(await program.connectorIds()).toEqual([connectorId]);
  });

  it('refuses a link for another account, a changed one and an old one, and makes no connector by that', async () => {
    const wrong = await walkAuthorise({ startUrl: link('zoom'), zoomPerson: 'two.owner' });
    expect([wrong.status, wrong.html]).toEqual([409, expect.stringContaining('suedsternZoomAccount02')]);
    expect(wrong.html).not.toContain(`href="${program.url}/oauth/zoom/start"`);
    for (const change of [
      (url: string): string => url.replace('/zoom/', '/cloudlink/'),
      (url: string): string => url.replace(/expires=\d/, 'expires=9'),
      (url: string): string => url.replace(/connector=[0-9a-f]{8}/, 'connector=00000000'),
      (url: string): string => url.replace(/&signature=.*/, ''),
      (url: string): string => url.replace(/signature=(.)/, (_, first) => `signature=${first === '_' ? 'A' : '_'}`),
    ]) {
      const answer = await fetch(change(link('zoom')), { redirect: 'manual' });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('link_invalid')]);
    }
    const old = link('zoom');
    program.clock.advance(7 * 86_400_000 + 1000);
    const answer = await fetch(old, { redirect: 'manual', headers: { 'accept-language': 'de' } });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('abgelaufen')]);
    expect(await program.connectorIds()).toEqual([connectorId]);
  });

  it.each(['zoom', 'cloudlink'] as const)(
    'the sync that meets a dead grant of %s ends well with the standby, inside the call that failed',
    async (provider) => {
      await authorise(provider, 'one.second-admin');
      program.sandbox.control.removePerson(provider, provider === 'zoom' ? 'one.owner' : 'one.account-admin');
      const run = await program.app.get(SyncRuns).enqueue(connectorId, 'manual');
      await until('the run', async () => {
        const { state } = await program.app.get(SyncRuns).get(connectorId, run.runId);
        return state === 'succeeded' || state === 'failed' ? state : undefined;
      });
      const { rows } = await program.database.query(
        'select state, attempts, error_code from sync_runs where run_id = $1',
        [run.runId],
      );
      expect(rows).toEqual([{ state: 'succeeded', attempts: 0, error_code: null }]);
      expect((await grants()).filter((grant) => grant.provider === provider)).toMatchObject([
        { state: 'dead', dead: 'invalid_grant' },
        { state: 'active', risk: null },
      ]);
      expect(await connector()).toEqual({ state: 'active', state_reason: null });
      expect((await alerts()).sort()).toEqual([
        `grant.dead ${provider} invalid_grant`,
        `grant.switched ${provider} invalid_grant`,
      ]);
    },
  );

  it('a grant that dies or recovers while its connector is being linked is only later, not lost', async () => {
    const { grantId } = await program.app.get(GrantVault).active(connectorId, 'zoom');
    const health = program.app.get(GrantHealth);
    /** As linking does: the connector, then its grants; the other one has taken the grant and waits for the connector. */
    async function linkMeanwhile<T>(work: () => Promise<T>): Promise<T> {
      let result: Promise<T> | undefined;
      await program.database.transaction(async (transaction) => {
        await transaction.query('select from connectors where connector_id = $1 for update', [connectorId]);
        result = work();
        result.catch(() => undefined);
        await until('the other one to wait', async () => {
          const { rows } = await program.database.query('select 1 from pg_locks where not granted');
          return rows.length > 0 ? true : undefined;
        });
        await transaction.query('select from grants where grant_id = $1 for update', [grantId]);
      });
      return result as Promise<T>;
    }
    expect(await linkMeanwhile(() => program.app.get(GrantVault).flag(connectorId, grantId, 'token_refused'))).toBe(
      false,
    );
    expect(await linkMeanwhile(() => health.check(connectorId, grantId))).toBe('healthy');
    program.sandbox.control.revokeTokens('zoom', 'one.owner');
    expect(await linkMeanwhile(() => health.check(connectorId, grantId, { renew: true }))).toBe('dead');
    expect((await grants())[0]).toMatchObject({ state: 'dead', dead: 'invalid_grant' });
  });

  it('says who must do what when no standby is left, and recovers by link with everything as it was', async () => {
    program.sandbox.control.removePerson('zoom', 'one.owner');
    await program.app.get(SyncRuns).enqueue(connectorId, 'manual');
    await until('the state', async () =>
      (await connector())['state'] === 'reauthorization_required' ? true : undefined,
    );
    // But for who has Zoom Phone: that is asked in the background once Zoom is authorised again.
    const users = `select to_jsonb(u) - 'zoom_phone' as u from integrated_users u order by user_id`;
    const before = await program.database.query(users);
    expect((await alerts()).sort()).toEqual([
      'connector.reauthorization_required zoom invalid_grant',
      'grant.dead zoom invalid_grant',
    ]);
    expect((await authorise('zoom', 'one.admin')).status).toBe(200);
    expect(await connector()).toEqual({ state: 'active', state_reason: null });
    expect((await alerts()).at(-1)).toBe('connector.recovered');
    const after = await program.database.query(users);
    expect(after.rows).toEqual(before.rows);
  });

  it('a CloudLink admin who lost the role makes room at the next sync, and is back as standby with the role', async () => {
    await authorise('cloudlink', 'one.second-admin');
    program.sandbox.control.setCloudlinkRole('one.account-admin', 'USER');
    await program.app.get(SyncRuns).enqueue(connectorId, 'manual');
    await until('the switch', async () => ((await alerts()).length === 2 ? true : undefined));
    await synced();
    const cloudlink = async (): Promise<GrantRow[]> =>
      (await grants()).filter((grant) => grant.provider === 'cloudlink');
    expect(await cloudlink()).toMatchObject([
      { state: 'standby', risk: 'role_missing' },
      { state: 'active', risk: null },
    ]);
    program.sandbox.control.setCloudlinkRole('one.account-admin', 'ACCOUNT_ADMIN');
    const { rows } = await program.database.query<{ id: string }>(
      `select grant_id as id from grants where at_risk_reason is not null`,
    );
    expect(await program.app.get(GrantHealth).check(connectorId, rows[0]?.id ?? '')).toBe('healthy');
    expect(await cloudlink()).toMatchObject([
      { state: 'standby', risk: null },
      { state: 'active', risk: null },
    ]);
  });

  it('a Zoom admin who loses the privilege in the middle of a run makes room inside the call', async () => {
    await authorise('zoom', 'one.second-admin');
    const { tokens } = await program.app.get(GrantVault).active(connectorId, 'zoom');
    const token = await tokens.accessToken();
    expect(await tokens.lacksPrivilege?.(token)).toBe(true);
    expect(await tokens.accessToken()).not.toBe(token);
    expect((await alerts()).sort()).toEqual(['grant.at_risk zoom role_missing', 'grant.switched zoom role_missing']);
    // Told twice, it is the same news.
    expect(await tokens.lacksPrivilege?.(token)).toBe(false);
    expect(await alerts()).toHaveLength(2);
  });

  it('without a standby a flagged grant stays in use, and the warning is given once', async () => {
    program.sandbox.control.setZoomRole('one.owner', 'admin-without-psi');
    const { grantId } = await program.app.get(GrantVault).active(connectorId, 'zoom');
    const health = program.app.get(GrantHealth);
    expect(await health.check(connectorId, grantId)).toBe('role_missing');
    expect(await health.check(connectorId, grantId)).toBe('role_missing');
    expect((await grants())[0]).toMatchObject({ state: 'active', risk: 'role_missing' });
    expect(await alerts()).toEqual(['grant.at_risk zoom role_missing']);
  });

  it.each(['zoom', 'cloudlink'] as const)(
    'a flagged grant of %s gives its place to the next admin who authorises',
    async (provider) => {
      if (provider === 'zoom') program.sandbox.control.setZoomRole('one.owner', 'admin-without-psi');
      else program.sandbox.control.setCloudlinkRole('one.account-admin', 'USER');
      const { grantId } = await program.app.get(GrantVault).active(connectorId, provider);
      expect(await program.app.get(GrantHealth).check(connectorId, grantId)).toBe('role_missing');
      const page = await authorise(provider, 'one.second-admin');
      expect([page.status, page.html]).toEqual([200, expect.not.stringContaining('standby')]);
      expect((await grants()).filter((grant) => grant.provider === provider)).toMatchObject([
        { state: 'standby', risk: 'role_missing' },
        { state: 'active', risk: null },
      ]);
      expect(await alerts()).toEqual([
        `grant.at_risk ${provider} role_missing`,
        `grant.switched ${provider} role_missing`,
      ]);
    },
  );

  it('a standby that recovers takes over from a flagged grant', async () => {
    await authorise('cloudlink', 'one.second-admin');
    const ids = (
      await program.database.query<{ id: string }>(
        `select grant_id as id from grants where provider = 'cloudlink' order by created_at`,
      )
    ).rows.map(({ id }) => id);
    const check = (id = ''): Promise<string> => program.app.get(GrantHealth).check(connectorId, id);
    program.sandbox.control.setCloudlinkRole('one.second-admin', 'USER');
    expect(await check(ids[1])).toBe('role_missing');
    program.sandbox.control.setCloudlinkRole('one.account-admin', 'USER');
    expect(await check(ids[0])).toBe('role_missing');
    program.sandbox.control.setCloudlinkRole('one.second-admin', 'ACCOUNT_ADMIN');
    expect(await check(ids[1])).toBe('healthy');
    expect((await grants()).filter((grant) => grant.provider === 'cloudlink')).toMatchObject([
      { state: 'standby', risk: 'role_missing' },
      { state: 'active', risk: null },
    ]);
  });

  it('the daily look finds a rotten standby before it is needed, and renews only what is due', async () => {
    await authorise('zoom', 'one.second-admin');
    await authorise('cloudlink', 'one.second-admin');
    program.sandbox.control.revokeTokens('zoom', 'one.second-admin');
    const keepAlive = program.app.get(KeepAlive);
    const checked = async (): Promise<number> =>
      Number(
        (await program.database.query(`select count(*) as n from grants where checked_at > authorised_at`)).rows[0]?.n,
      );
    await program.database.query('update grants set checked_at = authorised_at');
    await keepAlive.enqueueDue();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await checked()).toBe(0);
    program.clock.advance(24 * 3_600_000 + 1000);
    program.sandbox.control.advanceClock(24 * 3_600_000 + 1000);
    program.sandbox.control.clearRequests();
    await Promise.all([keepAlive.enqueueDue(), keepAlive.enqueueDue()]);
    await until('the looks', async () => ((await checked()) === 3 ? true : undefined));
    await until('the dead standby', async () => ((await alerts()).length > 0 ? true : undefined));
    expect(await alerts()).toEqual(['grant.dead zoom invalid_grant']);
    expect(await connector()).toEqual({ state: 'active', state_reason: null });
    // A day later all tokens are due: one renewal each, the dead one's included.
    expect(program.sandbox.control.requests().counts).toMatchObject({ 'zoom.token': 2, 'cloudlink.token': 2 });
    await keepAlive.enqueueDue();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(program.sandbox.control.requests().counts['zoom.token']).toBe(2);
  });
});
