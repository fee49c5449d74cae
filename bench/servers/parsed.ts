import fastify from 'fastify';

/** What bare Fastify can do with a report at all: it reads the body, and answers. No token, no database. */
const server = fastify();
server.get('/health/live', () => ({}));
server.put('/*', (_request, reply) => {
  void reply.code(204).send();
});
void server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
