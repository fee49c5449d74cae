import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readEnvironment, type ConfigProblem, type Environment } from './read-environment';

const KEY = Buffer.alloc(32, 7).toString('base64');
const REAL: Environment = {
  ZOOM_CLIENT_ID: 'id',
  ZOOM_CLIENT_SECRET: 'zoom-secret-value',
  CLOUDLINK_CLIENT_ID: 'cl-id',
  PUBLIC_URL: 'https://connector.example.com',
  ENCRYPTION_KEYS: KEY,
};

function problemsOf(env: Environment): { problems: ConfigProblem[]; message: string } {
  try {
    readEnvironment(env, undefined);
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems, message: error.message };
    throw error;
  }
  return { problems: [], message: '' };
}

describe('readEnvironment', () => {
  it('reads the share of a rate limit and the plan that the limit goes by', () => {
    expect(readEnvironment({ ...REAL, RATE_SHARE: '40%', ZOOM_PLAN: 'business' }, undefined)).toMatchObject({
      rateShare: 0.4,
      zoom: { plan: 'business' },
    });
    for (const share of ['0', '101', '0.25', 'all']) {
      expect(problemsOf({ ...REAL, RATE_SHARE: share, ZOOM_PLAN: 'gold' }).problems).toEqual([
        { variable: 'ZOOM_PLAN', rule: 'must be one of free, pro, business' },
        { variable: 'RATE_SHARE', rule: 'must be a whole percentage from 1 to 100 such as 25' },
      ]);
    }
  });

  it('reads whose word about addresses is believed: nobody’s by default', () => {
    const proxies = (text?: string): string[] =>
      readEnvironment({ ...REAL, TRUSTED_PROXIES: text }, undefined).trustedProxies.map((range) => range.text);
    expect(proxies()).toEqual([]);
    expect(proxies('')).toEqual([]);
    expect(proxies('10.0.0.5, 172.18.0.0/16,2001:db8::5')).toEqual(['10.0.0.5/32', '172.18.0.0/16', '2001:db8::5/128']);
    for (const wrong of ['loopback', '10.0.0.5,', '10.0.0.5/16', '0.0.0.0/0', 'true']) {
      const { problems, message } = problemsOf({ ...REAL, TRUSTED_PROXIES: wrong });
      expect(problems).toEqual([{ variable: 'TRUSTED_PROXIES', rule: expect.stringMatching(/^item \d must/) }]);
      expect(message).not.toContain(wrong);
    }
  });

  it('fills in the documented defaults', () => {
    const config = readEnvironment(REAL, undefined);
    expect(config).toMatchObject({
      port: 3000,
      syncIntervalSeconds: 900,
      removeMissingAfterSeconds: 0,
      clientRateLimit: 2_000,
      fullSyncIntervalSeconds: 21_600,
      sandbox: undefined,
      databaseUrl: undefined,
      rateShare: 0.25,
      zoom: { oauthUrl: 'https://zoom.us', apiUrl: 'https://api.zoom.us/v2', plan: 'pro' },
      cloudlink: {
        portalUrl: 'https://auth.mitel.io',
        authUrl: 'https://authentication.api.mitel.io',
        adminUrl: 'https://admin.api.mitel.io',
      },
    });
    expect(config.encryptionKeys).toEqual([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
    expect(Object.isFrozen(config.zoom)).toBe(true);
  });

  it('reads both sides whole every six hours, or as seldom as it syncs at all', () => {
    const full = (env: Record<string, string>): number =>
      readEnvironment({ ...REAL, ...env }, undefined).fullSyncIntervalSeconds;
    expect(full({ SYNC_INTERVAL: '1d' })).toBe(86_400);
    expect(full({ SYNC_INTERVAL: '1h', FULL_SYNC_INTERVAL: '1h' })).toBe(3_600);
    expect(problemsOf({ ...REAL, FULL_SYNC_INTERVAL: '10m' }).problems).toEqual([
      { variable: 'FULL_SYNC_INTERVAL', rule: 'must not be shorter than SYNC_INTERVAL' },
    ]);
    expect(problemsOf({ ...REAL, SYNC_INTERVAL: 'soon', FULL_SYNC_INTERVAL: '10m' }).problems).toHaveLength(1);
  });

  it('lists every problem at once, by name and rule', () => {
    const { problems } = problemsOf({
      ...REAL,
      PORT: '99999',
      SYNC_INTERVAL: 'soon',
      REMOVE_MISSING_AFTER: '2 days',
      ZOOM_API_URL: 'http://example.com',
      ENCRYPTION_KEYS: 'short',
      ZOOM_CLIENT_SECRET: undefined,
    });
    expect(problems.map((p) => p.variable).sort()).toEqual([
      'ENCRYPTION_KEYS',
      'PORT',
      'REMOVE_MISSING_AFTER',
      'SYNC_INTERVAL',
      'ZOOM_API_URL',
      'ZOOM_CLIENT_SECRET',
    ]);
  });

  it.each([
    ['ENCRYPTION_KEYS', 'VALUE-that-must-not-show'],
    ['DATABASE_URL', 'mysql://VALUE-that-must-not-show'],
    ['PUBLIC_URL', 'ftp://VALUE-that-must-not-show'],
    ['ZOOM_OAUTH_URL', 'https://user:VALUE-that-must-not-show@zoom.us'],
    ['SANDBOX_USERS', 'VALUE-that-must-not-show'],
    ['ZOOM_WEBHOOK_SECRETS', 'VALUE-that-must-not-show,,'],
    ['LOG_LEVEL', 'VALUE-that-must-not-show'],
  ])('names %s and its rule, never its value', (variable, value) => {
    const { problems, message } = problemsOf({ ...REAL, [variable]: value });
    expect(problems.map((p) => p.variable)).toEqual([variable]);
    expect(message).toContain(variable);
    expect(message).not.toContain('must-not-show');
  });

  it.each([
    ['https://host.example/prefix/', 'https://host.example/prefix'],
    ['http://127.0.0.1:3100/zoom', 'http://127.0.0.1:3100/zoom'],
    ['http://localhost:3100', 'http://localhost:3100'],
    ['http://[::1]:3100/', 'http://[::1]:3100'],
  ])('accepts %s and keeps its path prefix', (given, kept) => {
    expect(readEnvironment({ ...REAL, ZOOM_OAUTH_URL: given }, undefined).zoom.oauthUrl).toBe(kept);
  });

  it.each(['http://example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1', 'https://h?x=1', 'not a url'])(
    'refuses %s',
    (given) => {
      expect(problemsOf({ ...REAL, ZOOM_OAUTH_URL: given }).problems.map((p) => p.variable)).toEqual([
        'ZOOM_OAUTH_URL',
      ]);
    },
  );

  it('gives keys without an id one that stays when a new key is put in front', () => {
    const other = Buffer.alloc(32, 9).toString('base64');
    const ids = (keys: string): string[] =>
      readEnvironment({ ...REAL, ENCRYPTION_KEYS: keys }, undefined).encryptionKeys.map((k) => k.id);
    expect(ids(KEY)).toEqual(['k1']);
    expect(ids(`${other},${KEY}`)).toEqual(['k2', 'k1']);
    expect(ids(`2026b:${other}, 2026a:${KEY}`)).toEqual(['2026b', '2026a']);
  });

  describe('secrets from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    const file = join(folder, 'secret');
    writeFileSync(file, 'from-file\n');
    afterAll(() => rmSync(folder, { recursive: true }));

    it('reads NAME_FILE', () => {
      expect(
        readEnvironment({ ...REAL, ZOOM_CLIENT_SECRET: undefined, ZOOM_CLIENT_SECRET_FILE: file }, undefined).zoom
          .clientSecret,
      ).toBe('from-file');
    });

    it('refuses both at once, and a file that is not there', () => {
      expect(problemsOf({ ...REAL, ZOOM_CLIENT_SECRET_FILE: file }).problems[0]?.rule).toContain('not both');
      const missing = problemsOf({
        ...REAL,
        ZOOM_CLIENT_SECRET: undefined,
        ZOOM_CLIENT_SECRET_FILE: join(folder, 'no'),
      }).problems;
      expect(missing[0]).toEqual({ variable: 'ZOOM_CLIENT_SECRET_FILE', rule: 'names a file that cannot be read' });
    });
  });

  it.each([
    [{ ...REAL, ROLE: 'boss', DATABASE_URL: 'postgres://u:p@h/d' }, 'ROLE', 'must be one of all, api, worker'],
    [{ ...REAL, ROLE: 'worker' }, 'DATABASE_URL', 'is required because ROLE is not all'],
    [{ ...REAL, ALERT_EMAILS: 'a@example.com' }, 'SMTP_URL', 'is required because ALERT_EMAILS is set'],
    [
      { ...REAL, ALERT_EMAILS: 'nobody', SMTP_URL: 'smtp://h' },
      'ALERT_EMAILS',
      'must be a comma-separated list of email addresses',
    ],
    [
      { ...REAL, SMTP_URL: 'https://user:hunter2@mail' },
      'SMTP_URL',
      'must be such as smtps://user:password@host:465 or smtp://host:587',
    ],
    [
      { ...REAL, ALERT_WEBHOOK_URL: 'https://h.example' },
      'ALERT_WEBHOOK_SECRET',
      'ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET go together',
    ],
    [{ ...REAL, METRICS_TOKEN: 'hunter2' }, 'METRICS_TOKEN', 'must have at least 16 printable characters'],
    [{ ...REAL, DEFAULT_LANGUAGE: 'fr' }, 'DEFAULT_LANGUAGE', 'must be en or de'],
    [
      { ...REAL, GRACE_PERIOD: '2 weeks' },
      'GRACE_PERIOD',
      'must be a duration such as 900, 90s, 15m or 2h, from 0 s to 31536000 s',
    ],
  ])('names what is wrong and the rule, never the value: %#', (env, variable, rule) => {
    const { problems, message } = problemsOf(env);
    expect(problems).toEqual([{ variable, rule }]);
    expect(message).not.toContain('hunter2');
  });
});
