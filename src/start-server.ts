import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { serveOpenApi } from './open-api';
import { createHttpApp } from './platform/http/server';
import type { Runtime } from './platform/platform.module';
import { StartupError } from './startup-error';

/** Builds the program and listens. @throws StartupError when the port is taken */
export async function startServer(runtime: Runtime, host?: string): Promise<NestFastifyApplication> {
  const { config, logger } = runtime;
  const pathPrefix = new URL(config.publicUrl).pathname.replace(/\/+$/, '');
  const app = await createHttpApp(AppModule.forRoot(runtime), { logger, pathPrefix });
  serveOpenApi(app, config.publicUrl);
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
