import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module';
import { serveOpenApi } from './open-api';
import { AppError } from './platform/errors/app-error';
import { createHttpApp } from './platform/http/server';
import type { Runtime } from './platform/platform.module';
import { serveConsole } from './serve-console';
import { StartupError } from './startup-error';

/** Builds the program and listens. @throws StartupError when the port is taken */
export async function startServer(runtime: Runtime, host?: string): Promise<NestFastifyApplication> {
  const { config, logger } = runtime;
  const pathPrefix = new URL(config.publicUrl).pathname.replace(/\/+$/, '');
  const app = await createHttpApp(AppModule.forRoot(runtime), {
    logger,
    pathPrefix,
    trustedProxies: config.trustedProxies,
    isHttps: config.publicUrl.startsWith('https:'),
  });
  if (config.role === 'worker') answerOperatorsOnly(app);
  else {
    serveOpenApi(app, config.publicUrl);
    await serveConsole(app.getHttpAdapter().getInstance(), config.publicUrl);
  }
  try {
    // Sandbox credentials are public knowledge, so a sandbox is for this machine alone.
    await app.listen(config.port, host ?? (config.sandbox === undefined ? '0.0.0.0' : '127.0.0.1'));
  } catch (error) {
    await app.close();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE')
      throw new StartupError(
        `Port ${config.port} is already in use by another program. Stop it, or choose another one with PORT.`,
      );
    if (code === 'EACCES')
      throw new StartupError(`This user may not listen on port ${config.port}. Choose one above 1023 with PORT.`);
    throw error;
  }
  return app;
}

/** A worker has the routes of the whole program in it, but it is no door: whoever comes by mistake is told so. */
function answerOperatorsOnly(app: NestFastifyApplication): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', async (request) => {
    if (!/^\/(health\/(live|ready)|metrics)(\?|$)/.test(request.url))
      throw new AppError('not_found', 'This process works on jobs (ROLE=worker): ask one with ROLE=api or all.');
  });
}
