import fastify from 'fastify';
import { Pool } from 'pg';

/** Bare Fastify with one prepared query per request, and no look at any token. */
const server = fastify();
const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 12 });
server.get('/health/live', () => ({}));
server.get<{ Params: { connector: string; user: string } }>(
  '/v1/connectors/:connector/users/:user/status',
  async ({ params }, reply) => {
    const { rows } = await pool.query({
      name: 'status',
      text: `select u.email, u.zoom_user_id, u.status, u.status_since, u.synced_at, r.* from integrated_users u
             left join registrations r on r.connector_id = u.connector_id and r.user_id = u.user_id
             where u.connector_id = $1 and u.email = $2`,
      values: [params.connector, params.user],
    });
    return rows.length === 0 ? reply.code(404).send({}) : rows;
  },
);
void server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
