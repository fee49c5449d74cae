import autocannon from 'autocannon';
import { registered, UsersApp } from './users-app';
it('bench', async () => {
  const users = await UsersApp.start();
  await users.database.query(`insert into integrated_users (connector_id, user_id, email, zoom_user_id, credential_state, status, synced_at)
    select $1, gen_random_uuid(), 'bulk' || n || '@example.com', 'z'||n, 'ready', 'inactive', now() from generate_series(1, 100000) n`, [users.connectorId]);
  await users.database.query(`insert into registrations (connector_id, user_id, device_id, platform, outcome, since, reported_at, expires_at)
    select connector_id, user_id, 'd', 'desktop', 'registered', now(), now(), now() + interval '1 hour' from integrated_users`);
  await users.database.query('analyze');
  await users.report('bulk1@example.com', 'x', registered());
  const token = await users.token();
  const paths = Array.from({ length: 1000 }, (_, n) => ({ method: 'GET' as const, path: `/v1/connectors/${users.connectorId}/users/bulk${n * 97 + 1}@example.com/status`, headers: { authorization: `Bearer ${token}` } }));
  for (const c of [1, 64]) {
    const r = await autocannon({ url: users.url, connections: c, duration: 5, requests: paths });
    console.log(c, r.requests.average, r.latency.p50, r.latency.p99, r.non2xx, r.errors);
  }
  const body = JSON.stringify(registered());
  const puts = paths.map((p) => ({ ...p, method: 'PUT' as const, path: p.path.replace('/status', '/registrations/d'), headers: { ...p.headers, 'content-type': 'application/json' }, body }));
  const r = await autocannon({ url: users.url, connections: 32, duration: 5, requests: puts });
  console.log('put', r.requests.average, r.latency.p50, r.latency.p99, r.non2xx);
  for (const q of ['', '?q=bulk99999', '?status=registered&limit=500', '?platform=desktop']) { const t = Date.now(); await users.get(q); console.log(q, Date.now() - t, 'ms'); }
  await users.stop();
}, 120000);
