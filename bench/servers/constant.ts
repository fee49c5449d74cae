import fastify from 'fastify';

/** The least that Fastify can do: one constant answer of the size of ours. */
const server = fastify();
const REPLY = {
  userId: 'zoom1',
  email: 'user1@example.com',
  status: 'registered',
  since: '2026-11-25T10:00:00.000Z',
  sip: null,
  registrations: [
    {
      platform: 'desktop',
      deviceId: 'd1',
      state: 'registered',
      appVersion: '6.3.6',
      target: { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' },
      since: '2026-11-25T10:00:00.000Z',
      reportedAt: '2026-11-25T10:00:00.000Z',
      expiresAt: '2026-11-25T11:00:00.000Z',
      sip: null,
    },
  ],
  syncedAt: '2026-11-25T10:00:00.000Z',
  asOf: '2026-11-25T10:00:00.000Z',
};
server.get('/health/live', () => ({}));
server.get('/*', () => REPLY);
void server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
