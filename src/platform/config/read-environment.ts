import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ZOOM_PLANS, type ZoomPlan } from '../limits/rate-budget';
import { ROLES, type Config, type EncryptionKey } from './config';
import {
  parseDuration,
  parseEmail,
  parseEmails,
  parseEncryptionKeys,
  parseInteger,
  parseList,
  parseNetworks,
  parsePercent,
  parseSmtpUrl,
  parseText,
  parseUrl,
  type Parsed,
} from './parse-values';

/** A wrong variable: its name and the rule it breaks. Never its value, which may be a secret pasted in the wrong place. */
export interface ConfigProblem {
  variable: string;
  rule: string;
}

/** Thrown once with everything that is wrong, so that an operator mends it in one go. */
export class ConfigError extends Error {
  constructor(readonly problems: ConfigProblem[]) {
    super(`The configuration is not usable:\n${problems.map((p) => `  ${p.variable}: ${p.rule}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** What the sandbox gives when there are no real providers; handed in, because sandbox code is loaded only in sandbox mode. */
export interface SandboxDefaults {
  zoomClientId: string;
  zoomClientSecret: string;
  zoomWebhookSecret: string;
  cloudlinkClientId: string;
  urls(port: number): {
    zoomOAuth: string;
    zoomApi: string;
    cloudlinkPortal: string;
    cloudlinkAuth: string;
    cloudlinkAdmin: string;
    cloudlinkMedia: string;
    cloudlinkNotifications: string;
  };
}

export const SECRET_VARIABLES = [
  'DATABASE_URL',
  'ENCRYPTION_KEYS',
  'ZOOM_CLIENT_SECRET',
  'ZOOM_WEBHOOK_SECRETS',
  'CLOUDLINK_CLIENT_SECRET',
  'SMTP_URL',
  'ALERT_WEBHOOK_SECRET',
  'METRICS_TOKEN',
] as const;

export type Environment = Record<string, string | undefined>;

/** Without ZOOM_CLIENT_ID there is no Zoom to talk to: the program runs against its own sandbox. */
export function isSandboxMode(env: Environment): boolean {
  return (env['ZOOM_CLIENT_ID'] ?? '').trim() === '';
}

class Reader {
  readonly problems: ConfigProblem[] = [];

  constructor(private readonly env: Environment) {}

  /** The value, from the variable or, for secrets, from the file that NAME_FILE names. An empty value counts as absent. */
  raw(name: string): string | undefined {
    const direct = (this.env[name] ?? '').trim();
    const isSecret = (SECRET_VARIABLES as readonly string[]).includes(name);
    const file = isSecret ? (this.env[`${name}_FILE`] ?? '').trim() : '';
    if (file === '') return direct === '' ? undefined : direct;
    if (direct !== '') {
      this.problems.push({ variable: name, rule: `set either ${name} or ${name}_FILE, not both` });
      return undefined;
    }
    try {
      const content = readFileSync(file, 'utf8').trim();
      if (content === '') this.problems.push({ variable: `${name}_FILE`, rule: 'names a file that is empty' });
      return content === '' ? undefined : content;
    } catch {
      this.problems.push({ variable: `${name}_FILE`, rule: 'names a file that cannot be read' });
      return undefined;
    }
  }

  optional<T>(name: string, parse: (text: string) => Parsed<T>): T | undefined {
    const text = this.raw(name);
    if (text === undefined) return undefined;
    const parsed = parse(text);
    if ('rule' in parsed) {
      this.problems.push({ variable: name, rule: parsed.rule });
      return undefined;
    }
    return parsed.value;
  }

  withDefault<T>(name: string, parse: (text: string) => Parsed<T>, fallback: T): T {
    return this.optional(name, parse) ?? fallback;
  }

  /** Returns a stand-in when it is missing: the caller throws before anybody can use it. */
  required(name: string, why: string): string {
    const before = this.problems.length;
    const value = this.optional(name, parseText);
    if (value === undefined && this.problems.length === before) {
      this.problems.push({ variable: name, rule: `is required ${why}` });
    }
    return value ?? '';
  }
}

/**
 * Reads and validates the whole environment at once.
 * @throws ConfigError that lists every problem by variable and rule
 */
export function readEnvironment(env: Environment, sandbox: SandboxDefaults | undefined): Config {
  const reader = new Reader(env);
  const sandboxMode = isSandboxMode(env);
  const port = reader.withDefault('PORT', parseInteger(0, 65_535), 3000);
  const sandboxPort = reader.withDefault('SANDBOX_PORT', parseInteger(0, 65_535), 3100);
  const sandboxUsers = reader.withDefault('SANDBOX_USERS', parseInteger(1, 5_000_000), 250);
  if (sandboxMode && port !== 0 && port === sandboxPort) {
    reader.problems.push({ variable: 'SANDBOX_PORT', rule: 'must differ from PORT' });
  }
  if (sandboxMode && reader.raw('ZOOM_CLIENT_SECRET') !== undefined) {
    // Somebody meant the real Zoom: emulators on what may be a real database would be a bad surprise.
    reader.problems.push({
      variable: 'ZOOM_CLIENT_ID',
      rule: 'is required because ZOOM_CLIENT_SECRET is set (leave both out for sandbox mode)',
    });
  }
  const standIn = sandboxMode ? sandbox : undefined;
  const urls = standIn?.urls(sandboxPort);
  const url = (name: string, fallback: string): string => reader.withDefault(name, parseUrl, fallback);
  const needed = 'because ZOOM_CLIENT_ID is set (real providers)';

  const publicUrl = reader.optional('PUBLIC_URL', parseUrl);
  if (!sandboxMode && publicUrl === undefined && !reader.problems.some((p) => p.variable === 'PUBLIC_URL')) {
    reader.problems.push({
      variable: 'PUBLIC_URL',
      rule: `is required ${needed}: the address under which browsers and Zoom reach this service`,
    });
  }
  const encryptionKeys: EncryptionKey[] = reader.withDefault('ENCRYPTION_KEYS', parseEncryptionKeys, []);
  if (
    !sandboxMode &&
    encryptionKeys.length === 0 &&
    !reader.problems.some((p) => p.variable.startsWith('ENCRYPTION_KEYS'))
  ) {
    reader.problems.push({
      variable: 'ENCRYPTION_KEYS',
      rule: `is required ${needed}: a comma-separated list of [id:]base64 of 32 bytes`,
    });
  }

  const role = reader.withDefault('ROLE', parseRole, 'all');
  if (role !== 'all') {
    if (sandboxMode) reader.problems.push({ variable: 'ROLE', rule: 'must be all in sandbox mode' });
    else if (reader.raw('DATABASE_URL') === undefined)
      reader.problems.push({ variable: 'DATABASE_URL', rule: 'is required because ROLE is not all' });
  }

  const syncIntervalSeconds = reader.withDefault('SYNC_INTERVAL', parseDuration(10, 7 * 86_400), 900);

  const config: Config = {
    role,
    port,
    publicUrl: publicUrl ?? `http://127.0.0.1:${port}`,
    trustedProxies: reader.withDefault('TRUSTED_PROXIES', parseNetworks, []),
    dataDir: resolve(reader.withDefault('DATA_DIR', parseText, '.data')),
    databaseUrl: reader.optional('DATABASE_URL', (text) =>
      /^postgres(ql)?:\/\/[^\s]+$/.test(text) && URL.canParse(text)
        ? { value: text }
        : { rule: 'must be a PostgreSQL address: postgres://user:password@host:port/database' },
    ),
    encryptionKeys,
    zoom: {
      clientId: standIn?.zoomClientId ?? reader.withDefault('ZOOM_CLIENT_ID', parseText, ''),
      clientSecret: standIn?.zoomClientSecret ?? reader.required('ZOOM_CLIENT_SECRET', needed),
      webhookSecrets: reader.withDefault(
        'ZOOM_WEBHOOK_SECRETS',
        parseList,
        standIn === undefined ? [] : [standIn.zoomWebhookSecret],
      ),
      oauthUrl: url('ZOOM_OAUTH_URL', urls?.zoomOAuth ?? 'https://zoom.us'),
      apiUrl: url('ZOOM_API_URL', urls?.zoomApi ?? 'https://api.zoom.us/v2'),
      plan: reader.withDefault('ZOOM_PLAN', parsePlan, 'pro'),
    },
    cloudlink: {
      clientId: standIn?.cloudlinkClientId ?? reader.required('CLOUDLINK_CLIENT_ID', needed),
      clientSecret: reader.optional('CLOUDLINK_CLIENT_SECRET', parseText),
      portalUrl: url('CLOUDLINK_PORTAL_URL', urls?.cloudlinkPortal ?? 'https://auth.mitel.io'),
      authUrl: url('CLOUDLINK_AUTH_URL', urls?.cloudlinkAuth ?? 'https://authentication.api.mitel.io'),
      adminUrl: url('CLOUDLINK_ADMIN_URL', urls?.cloudlinkAdmin ?? 'https://admin.api.mitel.io'),
      mediaUrl: url('CLOUDLINK_MEDIA_URL', urls?.cloudlinkMedia ?? 'https://media.api.mitel.io'),
      notificationsUrl: url(
        'CLOUDLINK_NOTIFICATIONS_URL',
        urls?.cloudlinkNotifications ?? 'https://notifications.api.mitel.io',
      ),
    },
    syncIntervalSeconds,
    removeMissingAfterSeconds: reader.withDefault('REMOVE_MISSING_AFTER', parseDuration(0, 365 * 86_400), 0),
    fullSyncIntervalSeconds: readFullSyncInterval(reader, syncIntervalSeconds),
    gracePeriodSeconds: reader.withDefault('GRACE_PERIOD', parseDuration(0, 365 * 86_400), 10 * 86_400),
    clientRateLimit: reader.withDefault('CLIENT_RATE_LIMIT', parseInteger(0, 1_000_000), 2_000),
    rateShare: reader.withDefault('RATE_SHARE', parsePercent, 0.25),
    probes: {
      intervalSeconds: reader.withDefault('PROBE_INTERVAL', parseDuration(60, 86_400), 300),
      reach: reader.withDefault('PROBE_REACH', parseReach, 'private'),
    },
    alerts: readAlerts(reader),
    defaultLanguage: reader.withDefault('DEFAULT_LANGUAGE', parseLanguage, 'en'),
    metricsToken: reader.optional('METRICS_TOKEN', (text) =>
      /^[\x21-\x7e]{16,}$/.test(text) ? { value: text } : { rule: 'must have at least 16 printable characters' },
    ),
    sandbox: sandboxMode ? { port: sandboxPort, users: sandboxUsers } : undefined,
    logLevel: reader.withDefault('LOG_LEVEL', parseLogLevel, 'info'),
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return deepFreeze(config);
}

function readFullSyncInterval(reader: Reader, syncIntervalSeconds: number): number {
  const fallback = Math.max(6 * 3_600, syncIntervalSeconds);
  const seconds = reader.withDefault('FULL_SYNC_INTERVAL', parseDuration(10, 7 * 86_400), fallback);
  const isWrong = reader.problems.some((p) => p.variable.endsWith('SYNC_INTERVAL'));
  if (seconds < syncIntervalSeconds && !isWrong)
    reader.problems.push({ variable: 'FULL_SYNC_INTERVAL', rule: 'must not be shorter than SYNC_INTERVAL' });
  return seconds;
}

function readAlerts(reader: Reader): Config['alerts'] {
  const smtpUrl = reader.optional('SMTP_URL', parseSmtpUrl);
  const emails = reader.withDefault('ALERT_EMAILS', parseEmails, []);
  if (emails.length > 0 && smtpUrl === undefined && !reader.problems.some((p) => p.variable.startsWith('SMTP_URL'))) {
    reader.problems.push({ variable: 'SMTP_URL', rule: 'is required because ALERT_EMAILS is set' });
  }
  const url = reader.optional('ALERT_WEBHOOK_URL', parseUrl);
  const secret = reader.optional('ALERT_WEBHOOK_SECRET', parseText);
  if ((url === undefined) !== (secret === undefined)) {
    const missing = url === undefined ? 'ALERT_WEBHOOK_URL' : 'ALERT_WEBHOOK_SECRET';
    if (!reader.problems.some((p) => p.variable.startsWith(missing)))
      reader.problems.push({ variable: missing, rule: 'ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET go together' });
  }
  return {
    smtpUrl,
    from: reader.withDefault('ALERT_FROM', parseEmail, 'zoom-cloudlink-connector@localhost'),
    emails,
    webhook: url === undefined || secret === undefined ? undefined : { url, secret },
  };
}

function parseRole(text: string): Parsed<Config['role']> {
  const role = ROLES.find((candidate) => candidate === text);
  return role === undefined ? { rule: `must be one of ${ROLES.join(', ')}` } : { value: role };
}

function parseReach(text: string): Parsed<Config['probes']['reach']> {
  return text === 'public' || text === 'private' ? { value: text } : { rule: 'must be public or private' };
}

function parsePlan(text: string): Parsed<ZoomPlan> {
  const plan = ZOOM_PLANS.find((candidate) => candidate === text);
  return plan === undefined ? { rule: `must be one of ${ZOOM_PLANS.join(', ')}` } : { value: plan };
}

function parseLanguage(text: string): Parsed<Config['defaultLanguage']> {
  return text === 'en' || text === 'de' ? { value: text } : { rule: 'must be en or de' };
}

function parseLogLevel(text: string): Parsed<Config['logLevel']> {
  const levels: readonly Config['logLevel'][] = ['debug', 'info', 'warn', 'error'];
  const level = levels.find((candidate) => candidate === text);
  return level === undefined ? { rule: `must be one of ${levels.join(', ')}` } : { value: level };
}

function deepFreeze<T extends object>(tree: T): T {
  for (const value of Object.values(tree)) {
    // A Buffer cannot be frozen ("Cannot freeze array buffer views with elements").
    if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) deepFreeze(value as object);
  }
  return Object.freeze(tree);
}
