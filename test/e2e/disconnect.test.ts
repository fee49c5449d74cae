import { Keyring } from '../../src/platform/crypto/keyring';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { DecryptionError } from '../../src/platform/crypto/envelope';
import { CloudLinkWatch } from '../../src/connector/cloudlink-watch';
import { DisconnectJobs } from '../../src/connector/disconnect-jobs';
import { Disconnecting } from '../../src/connector/disconnect.service';
import { GrantHealth } from '../../src/oauth/grant-health';
import { GrantStore } from '../../src/oauth/grant.store';
import { GrantVault } from '../../src/oauth/grant-vault';
import { ReauthorizeLinks } from '../../src/oauth/reauthorize-links';
import { SyncRuns } from '../../src/sync/sync-runs';
import { Browser } from '../../sandbox/walk/browser';
import { readForm } from '../../sandbox/walk/read-form';
import { walkAuthorise } from '../../sandbox/walkthrough';
import { startProgram, until, type Program } from '../support/program';
import { deliver, SECRET, waitingJobs } from '../webhooks/webhook-support';

/** Service clients, and the end of a connector, over HTTP against the sandbox. */
describe('a connector without its admins', () => {
  let program: Program;
  let connectorId: string;
  let token: string;

  beforeEach(async () => {
    program = await startProgram({ users: 20, env: { ZOOM_WEBHOOK_SECRETS: SECRET } });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    token = await program.token(connectorId);
    await until('the first sync', async () => {
      const { rows } = await program.database.query(`select 1 from sync_runs where state = 'succeeded'`);
      return rows.length > 0 ? true : undefined;
    });
  });
  afterEach(() => program.stop());

  async function call(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${program.url}/v1/connectors/${connectorId}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  }
  const grants = async (provider: string): Promise<unknown[]> =>
    (
      await program.database.query(
        'select kind, state, dead_reason as dead from grants where provider = $1 order by created_at',
        [provider],
      )
    ).rows;
  async function sync(): Promise<string> {
    const { runId } = await program.app.get(SyncRuns).enqueue(connectorId, 'manual');
    return until('the run', async () => {
      const { state } = await program.app.get(SyncRuns).get(connectorId, runId);
      return ['succeeded', 'failed'].includes(state) ? state : undefined;
    });
  }
  const audited = async (): Promise<string[]> =>
    (await program.database.query<{ action: string }>('select action from audit_events order by event_id')).rows.map(
      ({ action }) => action,
    );

  describe('with a service client', () => {
    it('keeps syncing when every admin of CloudLink has left, and its secret can be rotated', async () => {
      const made = await call('PUT', '/service-client');
      expect(made).toMatchObject({ status: 200, body: { clientId: expect.any(String) } });
      expect(await grants('cloudlink')).toEqual([
        { kind: 'admin', state: 'standby', dead: null },
        { kind: 'service_client', state: 'active', dead: null },
      ]);
      program.sandbox.control.removePerson('cloudlink', 'one.account-admin');
      expect(await sync()).toBe('succeeded');
      // Its tokens are renewed with its own secret.
      await program.database.query(`update grants set expires_at = now() where kind = 'service_client'`);
      expect(await sync()).toBe('succeeded');
      const rotated = await call('PUT', '/service-client');
      expect(rotated.status).toBe(200);
      expect(rotated.body['clientId']).not.toBe(made.body['clientId']);
      expect(program.sandbox.control.serviceClients()).toHaveLength(1);
      expect(await sync()).toBe('succeeded');
      expect(await audited()).toEqual(expect.arrayContaining(['service_client.added', 'service_client.rotated']));
      const { rows } = await program.database.query<{ id: string }>(
        `select grant_id as id from grants where kind = 'service_client' and state = 'active'`,
      );
      const tokens = await program.app.get(GrantStore).readTokens(connectorId, rows[0]?.id ?? '');
      const secret = tokens?.serviceClient?.clientSecret ?? '';
      expect(secret.length).toBeGreaterThan(15);
      const tables = ['grants', 'audit_events', 'alerts', 'graphile_worker.jobs', 'cloudlink_subscriptions'];
      for (const table of tables) {
        const dump = await program.database.query(`select t::text as line from ${table} t`);
        expect([table, JSON.stringify(dump.rows).includes(secret)]).toEqual([table, false]);
        // Neither in the clear nor as the bytes that bytea shows.
        expect(JSON.stringify(dump.rows)).not.toContain(Buffer.from(secret).toString('hex'));
      }
      expect(program.log()).not.toContain(secret);
      expect(program.log()).not.toContain(tokens?.accessToken);
    });

    it('goes back to an admin when told to, and refuses when no admin is left', async () => {
      expect(await call('DELETE', '/service-client')).toMatchObject({ status: 404 });
      await call('PUT', '/service-client');
      expect((await call('DELETE', '/service-client')).status).toBe(204);
      expect(await grants('cloudlink')).toEqual([
        { kind: 'admin', state: 'active', dead: null },
        { kind: 'service_client', state: 'dead', dead: 'service_client_removed' },
      ]);
      expect(program.sandbox.control.serviceClients()).toEqual([]);
      await call('PUT', '/service-client');
      await program.database.query(
        `update grants set state = 'dead', access_token = null, refresh_token = null where kind = 'admin' and provider = 'cloudlink'`,
      );
      expect(await call('DELETE', '/service-client')).toMatchObject({ status: 409, body: { code: 'conflict' } });
      expect(await sync()).toBe('succeeded');
    });

    it('says so where CloudLink does not allow it, and leaves everything as it was', async () => {
      program.sandbox.control.configure({ serviceClients: 'refused' });
      expect(await call('PUT', '/service-client')).toMatchObject({ status: 502, body: { code: 'provider_rejected' } });
      expect(await grants('cloudlink')).toEqual([{ kind: 'admin', state: 'active', dead: null }]);
    });

    it('falls back to the admin when the client is deleted at CloudLink', async () => {
      const { body } = await call('PUT', '/service-client');
      program.sandbox.control.removeServiceClient(String(body['clientId']));
      expect(await sync()).toBe('succeeded');
      expect(await grants('cloudlink')).toEqual([
        { kind: 'admin', state: 'active', dead: null },
        { kind: 'service_client', state: 'dead', dead: 'client_secret_refused' },
      ]);
    });
  });

  it('holds one subscription for changed users at CloudLink, and makes it again when it is gone', async () => {
    const watch = program.app.get(CloudLinkWatch);
    const count = async (): Promise<number> =>
      Number((await program.database.query('select count(*) as n from cloudlink_subscriptions')).rows[0]?.n);
    await until('the subscription', async () => ((await count()) === 1 ? true : undefined));
    const first = (await program.database.query('select subscription_id from cloudlink_subscriptions')).rows[0];
    await watch.ensure(connectorId);
    expect((await program.database.query('select subscription_id from cloudlink_subscriptions')).rows).toEqual([first]);
    // As after an outage of CloudLink while the connector became active: its only job was given up.
    await program.database.query('delete from cloudlink_subscriptions');
    for (let minute = 0; minute < 60; minute += 1) {
      await watch.enqueueDue();
      program.clock.advance(60_000);
    }
    await until('the subscription to be known again', async () => ((await count()) === 1 ? true : undefined), 10_000);
    expect((await program.database.query('select subscription_id from cloudlink_subscriptions')).rows).toEqual([first]);
    // Another admin's grant takes over, and what the first one had made is gone with them.
    await walkAuthorise({
      startUrl: program.app.get(ReauthorizeLinks, { strict: false }).linkFor(connectorId, 'cloudlink').url,
      cloudlinkPerson: 'one.second-admin',
    });
    program.sandbox.control.removePerson('cloudlink', 'one.account-admin');
    await watch.ensure(connectorId);
    const { rows } = await program.database.query('select subscription_id from cloudlink_subscriptions');
    expect(rows).toHaveLength(1);
    expect(rows).not.toEqual([first]);
  });

  it('is disconnected for good: revoked at Zoom, keys destroyed, a dump from before cannot be opened with the keys from after', async () => {
    const cipher = program.app.get(ConnectorCiphers);
    const place = { column: 'grants.access_token' as const, row: '' };
    const dump = await program.database.query<{ id: string; sealed: Buffer }>(
      `select grant_id as id, access_token as sealed from grants where access_token is not null`,
    );
    const hashes = await program.database.query<{ id: string; sealed: Buffer }>(
      `select user_id as id, coalesce(sha256_ha1, md5_ha1) as sealed from sip_credentials`,
    );
    expect([dump.rows.length, hashes.rows.length > 5]).toEqual([2, true]);
    const before = await cipher.for(connectorId);
    expect((await call('PUT', '/service-client')).status).toBe(200);
    expect((await call('PUT', '/push-token')).status).toBe(200);
    expect((await call('PUT', '/registrar-sweep', { enabled: true })).status).toBe(200);
    expect((await call('GET', '/targets')).body).toMatchObject({ items: expect.arrayContaining([expect.anything()]) });
    // The dump is good as long as the key lives.
    for (const { id, sealed } of dump.rows) expect(before.open(sealed, { ...place, row: id })).toMatch(/^ey/);

    expect(await call('POST', '/disconnect')).toEqual({
      status: 202,
      body: { id: connectorId, state: 'disconnected', finished: true },
    });
    expect(program.sandbox.control.requests().counts['zoom.revoke']).toBe(1);
    // Nothing of ours remains in the customer's CloudLink account.
    expect(program.sandbox.control.serviceClients()).toEqual([]);
    expect(program.sandbox.control.requests().counts['cloudlink.subscription.delete']).toBe(1);
    await expect(cipher.for(connectorId)).rejects.toBeInstanceOf(DecryptionError);
    // Nor with any key of ENCRYPTION_KEYS: none of them has sealed these directly.
    const keyring = program.app.get(Keyring);
    for (const { id, sealed } of [...dump.rows, ...hashes.rows])
      expect(() => keyring.open(sealed, `${connectorId}/grants.access_token/${id}`)).toThrow(DecryptionError);
    for (const table of [
      'integrated_users',
      'sip_credentials',
      'registrations',
      'connector_keys',
      'cloudlink_subscriptions',
      'push_tokens',
      'registration_targets',
      'registrar_sweeps',
    ])
      expect((await program.database.query(`select 1 from ${table}`)).rows).toEqual([]);
    expect(
      (await program.database.query(`select state, zoom_account_id, cloudlink_account_id from connectors`)).rows,
    ).toEqual([{ state: 'disconnected', zoom_account_id: null, cloudlink_account_id: null }]);
    expect((await program.database.query(`select distinct state from grants`)).rows).toEqual([{ state: 'dead' }]);
    expect(await audited()).toEqual(
      expect.arrayContaining(['grant.added', 'connector.disconnected', 'connector.shredded']),
    );
    // Twice is harmless, and both accounts are free for a new link.
    expect((await call('POST', '/disconnect')).status).toBe(202);
    expect(await call('POST', '/authorize-links', { provider: 'zoom' })).toMatchObject({
      status: 409,
      body: { code: 'connector_not_active' },
    });
    expect((await program.connect()).status).toBe(200);
    expect(await program.connectorIds()).toHaveLength(2);
    expect(await call('POST', '/sync')).toMatchObject({ status: 409, body: { code: 'connector_not_active' } });
  });

  it('leaves a browser that was still setting it up free to begin anew', async () => {
    const browser = new Browser();
    const authorise = async (provider: string, person: string): Promise<number> => {
      const page = await browser.open(`${program.url}/oauth/${provider}/start`);
      const form = readForm(page.html);
      const answers = new URLSearchParams({ ...form?.hidden, person, decision: 'allow' });
      return (await browser.open(new URL(form?.action ?? '', page.url).href, answers)).status;
    };
    expect(await authorise('zoom', 'two.owner')).toBe(200);
    const halfWay = (await program.connectorIds())[1] ?? '';
    const actor = { actorKind: 'system' as const, actorId: 'test' };
    await program.app.get(Disconnecting).disconnect(halfWay, 'disconnected_by_admin', actor);
    expect([
      await authorise('cloudlink', 'two.account-admin'),
      await authorise('zoom', 'two.owner'),
      (await program.database.query('select state from connectors order by created_at')).rows,
    ]).toEqual([200, 200, [{ state: 'active' }, { state: 'disconnected' }, { state: 'active' }]]);
  });

  it('is out of sight at once when Zoom cannot be asked, and ends when it can', async () => {
    program.sandbox.control.setFault({ kind: 'zoom.revoke', fault: '500' });
    expect(await call('POST', '/disconnect')).toMatchObject({ status: 202, body: { finished: false } });
    expect((await program.database.query('select 1 from sip_credentials')).rows).toEqual([]);
    expect((await program.database.query('select 1 from connector_keys')).rows).toHaveLength(1);
    program.sandbox.control.clearFaults();
    await until('the key to be destroyed', async () =>
      (await program.database.query('select 1 from connector_keys')).rows.length === 0 ? true : undefined,
    );
    expect(program.sandbox.control.requests().counts['zoom.revoke']).toBeGreaterThan(1);
  });

  it('has the same grace period when a sync finds the grant dead before Zoom tells that the app was removed', async () => {
    const { rows } = await program.database.query<{ id: string; accountId: string }>(
      `select subject_id as id, account_id as "accountId" from grants where provider = 'zoom'`,
    );
    const { id = '', accountId = '' } = rows[0] ?? {};
    const { grantId } = await program.app.get(GrantVault).active(connectorId, 'zoom');
    program.sandbox.control.uninstallZoomApp('one.owner');
    expect(await program.app.get(GrantHealth).check(connectorId, grantId, { renew: true })).toBe('dead');
    const tell = async (at: Date): Promise<unknown> => {
      const body = JSON.stringify({
        event: 'app_deauthorized',
        payload: {
          account_id: accountId,
          user_id: id,
          client_id: program.config.zoom.clientId,
          event_ts: at.getTime(),
        },
      });
      expect((await deliver(program, { body })).status).toBe(200);
      await until('the event', async () => ((await waitingJobs(program)) === 0 ? true : undefined));
      return (await program.database.query('select state, zoom_deauthorised_at is null as quiet from connectors'))
        .rows[0];
    };
    expect(await tell(new Date(Date.now() - 86_400_000))).toEqual({ state: 'reauthorization_required', quiet: true });
    expect(await tell(new Date())).toEqual({ state: 'reauthorization_required', quiet: false });
    expect((await grants('zoom'))[0]).toMatchObject({ state: 'dead', dead: 'app_deauthorized' });
    program.clock.advance(10 * 86_400_000 + 1000);
    await program.app.get(DisconnectJobs).endGracePeriods();
    expect((await program.database.query('select state from connectors')).rows).toEqual([{ state: 'disconnected' }]);
  });

  describe('when one admin of several has removed the app at Zoom', () => {
    const found = async (): Promise<unknown> =>
      (await program.database.query('select state, zoom_deauthorised_at is null as quiet from connectors')).rows[0];
    const remove = async (person: string): Promise<void> => {
      const { rows } = await program.database.query<{ id: string }>(
        `select subject_id as id from grants where provider = 'zoom' and state = 'active'`,
      );
      program.sandbox.control.uninstallZoomApp(person);
      await program.app.get(GrantHealth).hint({
        connectorId,
        provider: 'zoom',
        subjectId: rows[0]?.id ?? '',
        reason: 'app_deauthorized',
        occurredAt: program.clock.now(),
      });
    };
    beforeEach(async () => {
      const startUrl = program.app.get(ReauthorizeLinks, { strict: false }).linkFor(connectorId, 'zoom').url;
      await walkAuthorise({ startUrl, zoomPerson: 'one.second-admin' });
    });

    it('has no grace period, and none that was over long ago when the other one leaves', async () => {
      await remove('one.owner');
      // The successor is looked at once, because the removal may have revoked its tokens too.
      await until('that look', async () => {
        const { rows } = await program.database.query(
          `select 1 from graphile_worker.jobs where task_identifier = 'check-grant'`,
        );
        return rows.length === 0 ? true : undefined;
      });
      expect(await found()).toEqual({ state: 'active', quiet: true });
      program.clock.advance(60 * 86_400_000);
      program.sandbox.control.removePerson('zoom', 'one.second-admin');
      const { grantId } = await program.app.get(GrantVault).active(connectorId, 'zoom');
      expect(await program.app.get(GrantHealth).check(connectorId, grantId, { renew: true })).toBe('dead');
      await program.app.get(DisconnectJobs).endGracePeriods();
      expect(await found()).toEqual({ state: 'reauthorization_required', quiet: true });
      expect((await program.database.query('select 1 from sip_credentials')).rows).not.toEqual([]);
    });

    it('has one when somebody who never authorised has removed it for everybody', async () => {
      program.sandbox.control.revokeTokens('zoom');
      await program.app.get(GrantHealth).hint({
        connectorId,
        provider: 'zoom',
        subjectId: 'ownerWhoNeverCame0001',
        reason: 'app_deauthorized',
        occurredAt: program.clock.now(),
      });
      await until('all grants to be known dead', async () => {
        const { rows } = await program.database.query(
          `select 1 from grants where provider = 'zoom' and state <> 'dead'`,
        );
        return rows.length === 0 ? true : undefined;
      });
      expect(await found()).toEqual({ state: 'reauthorization_required', quiet: false });
    });

    it('has one when the other one’s tokens turn out to be revoked with it', async () => {
      program.sandbox.control.revokeTokens('zoom', 'one.second-admin');
      await remove('one.owner');
      await until('the look at the successor', async () =>
        ((await found()) as { state: string }).state === 'active' ? undefined : true,
      );
      expect(await found()).toEqual({ state: 'reauthorization_required', quiet: false });
    });
  });

  it('has a grace period after Zoom has removed the app, in which a new authorisation brings all back', async () => {
    const jobs = program.app.get(DisconnectJobs);
    const state = async (): Promise<unknown> =>
      (await program.database.query('select state, zoom_deauthorised_at is null as quiet from connectors')).rows[0];
    const remove = async (): Promise<void> => {
      const { grantId } = await program.app.get(GrantVault).active(connectorId, 'zoom');
      const { rows } = await program.database.query<{ id: string }>(
        `select subject_id as id from grants where grant_id = $1`,
        [grantId],
      );
      program.sandbox.control.uninstallZoomApp('one.owner');
      await program.app.get(GrantHealth).hint({
        connectorId,
        provider: 'zoom',
        subjectId: rows[0]?.id ?? '',
        reason: 'app_deauthorized',
        occurredAt: program.clock.now(),
      });
    };
    await remove();
    expect(await state()).toEqual({ state: 'reauthorization_required', quiet: false });
    expect((await grants('zoom'))[0]).toMatchObject({ state: 'dead', dead: 'app_deauthorized' });
    program.clock.advance(10 * 86_400_000 - 60_000);
    await jobs.endGracePeriods();
    expect(await state()).toEqual({ state: 'reauthorization_required', quiet: false });
    const users = await program.database.query('select count(*)::int as n from sip_credentials');
    const startUrl = program.app.get(ReauthorizeLinks, { strict: false }).linkFor(connectorId, 'zoom').url;
    expect((await walkAuthorise({ startUrl, zoomPerson: 'one.owner' })).status).toBe(200);
    expect(await state()).toEqual({ state: 'active', quiet: true });
    expect(await program.database.query('select count(*)::int as n from sip_credentials')).toMatchObject({
      rows: users.rows,
    });
    program.clock.advance(120_000);
    await jobs.endGracePeriods();
    expect(await state()).toEqual({ state: 'active', quiet: true });
    await remove();
    program.clock.advance(10 * 86_400_000 + 1000);
    await Promise.all([jobs.endGracePeriods(), jobs.endGracePeriods()]);
    expect(await state()).toEqual({ state: 'disconnected', quiet: true });
    await until('the key to be destroyed', async () =>
      (await program.database.query('select 1 from connector_keys')).rows.length === 0 ? true : undefined,
    );
    expect((await audited()).filter((action) => action === 'connector.disconnected')).toHaveLength(1);
  });
});
