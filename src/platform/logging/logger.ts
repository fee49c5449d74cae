import type { LoggerService } from '@nestjs/common';
import pino, { type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Injection token of the Logger. */
export const LOGGER = Symbol('logger');

/**
 * Last line of defence: nobody hands secrets to the log, but an error object of a library may carry a request with them.
 */
const REDACTED = [
  'authorization',
  'cookie',
  'set-cookie',
  'access_token',
  'refresh_token',
  'accessToken',
  'refreshToken',
  'client_secret',
  'clientSecret',
  'csrfToken',
  'x-csrf-token',
  'password',
  'sipPassword',
  'ha1',
  'code',
  'code_verifier',
];
const NESTED = [
  'err.config',
  'err.request',
  'err.response',
  'err.parameters',
  'err.cause.config',
  'err.cause.request',
  'err.cause.response',
];

export interface LoggerOptions {
  level: string;
  /** JSON lines unless a person watches. */
  pretty: boolean;
  stream?: NodeJS.WritableStream;
}

export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    level: options.level,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: [...NESTED, ...REDACTED.filter((key) => key !== 'code').flatMap((key) => [`["${key}"]`, `*["${key}"]`])],
      censor: '[redacted]',
    },
  };
  if (options.stream !== undefined) return pino(settings, options.stream);
  if (!options.pretty) return pino(settings, pino.destination({ fd: 1, sync: false }));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only for a terminal
  const pretty = require('pino-pretty') as typeof import('pino-pretty');
  return pino(
    settings,
    pretty({ colorize: true, ignore: 'pid,hostname', singleLine: true, translateTime: 'SYS:HH:MM:ss', sync: true }),
  );
}

/** Nest's own messages through our logger: only warnings and errors, its start-up chatter is no fact. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(): void {}

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }
}
