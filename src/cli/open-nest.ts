import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import type { Session } from './session';

/**
 * For services that are wired by their Nest module: that module and what it stands on. No HTTP server, no schedulers.
 * Nest and TypeORM are loaded here, not at the top, so that other commands do not wait for them.
 */
export async function openNest<T>(
  session: Session,
  module: Type | DynamicModule,
  work: (context: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const [{ NestFactory }, { PlatformModule }, { CallersModule }, { createLogger }] = await Promise.all([
    import('@nestjs/core'),
    import('../platform/platform.module.js'),
    import('../access/callers.module.js'),
    import('../platform/logging/logger.js'),
  ]);
  const logger = createLogger({ level: 'silent', pretty: false });
  const root: DynamicModule = {
    module: CommandModule,
    imports: [
      PlatformModule.forRoot({ config: session.config, logger, databaseUrl: session.databaseUrl }),
      CallersModule,
      module,
    ],
  };
  const context = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

class CommandModule {}
