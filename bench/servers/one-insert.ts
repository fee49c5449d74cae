import fastify from 'fastify';
import { Pool } from 'pg';

interface Report {
  platform: string;
  outcome: string;
  appVersion: string;
  expiresIn: number;
  target: unknown;
}

/** Bare Fastify, one INSERT per request: no token, no check, no status, no history. */
const server = fastify();
const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 12 });
server.get('/health/live', () => ({}));
server.put<{ Params: { connector: string; user: string; device: string }; Body: Report }>(
  '/v1/connectors/:connector/users/:user/registrations/:device',
  async ({ params, body }, reply) => {
    await pool.query({
      name: 'report',
      text: `insert into plain_reports (connector_id, user_id, device_id, platform, outcome, app_version, target, since, reported_at, expires_at)
             select connector_id, user_id, $3, $4, $5, $6, $7, now(), now(), now() + make_interval(secs => $8)
             from integrated_users where connector_id = $1 and email = $2
             on conflict (connector_id, user_id, device_id) do update
             set outcome = excluded.outcome, reported_at = excluded.reported_at, expires_at = excluded.expires_at`,
      values: [
        params.connector,
        params.user,
        params.device,
        body.platform,
        body.outcome,
        body.appVersion,
        JSON.stringify(body.target),
        body.expiresIn,
      ],
    });
    return reply.code(204).send();
  },
);
void server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
