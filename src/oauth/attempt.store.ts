import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../platform/clock/clock';
import type { Keyring } from '../platform/crypto/keyring';
import type { Database } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import type { Provider } from './provider';

/** Time for an admin to find the password of the other system. */
const LIFETIME_MINUTES = 15;

export interface Attempt {
  connectorId: string | undefined;
  codeVerifier: string | undefined;
  /** The authorization (of Zoom's cloud, at us) that waits for this sign-in. */
  interaction: string | undefined;
  /** Back to the console in the end, whatever becomes of it. */
  toConsole: boolean;
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The `state` parameter of OAuth (RFC 6749 section 10.12): 256 random bits, stored only as a hash, bound to the browser
 * that started, usable once. It lives in PostgreSQL, so that the callback may reach another process.
 */
export class AttemptStore {
  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  async begin(attempt: Attempt & { provider: Provider; browser: string }): Promise<string> {
    const state = randomBytes(32).toString('base64url');
    const stateHash = hash(state);
    const now = this.clock.now();
    await this.database.query('delete from oauth_attempts where expires_at < $1', [now]);
    await this.database.query(
      `insert into oauth_attempts (state_hash, provider, browser_hash, connector_id, code_verifier, interaction, created_at, expires_at, to_console)
       values ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + make_interval(mins => $8), $9)`,
      [
        stateHash,
        attempt.provider,
        hash(attempt.browser),
        attempt.connectorId ?? null,
        this.seal('code_verifier', stateHash, attempt.codeVerifier),
        this.seal('interaction', stateHash, attempt.interaction),
        now,
        LIFETIME_MINUTES,
        attempt.toConsole,
      ],
    );
    return state;
  }

  /** Takes the attempt: nobody can take it again. @throws AttemptRefused (`oauth_state_invalid`) that says what is wrong with it */
  async take(provider: Provider, state: string, browser: string | undefined): Promise<Attempt> {
    const stateHash = hash(state);
    return this.database.transaction(async (transaction) => {
      const { rows } = await transaction.query<{
        provider: Provider;
        browser_hash: Buffer;
        connector_id: string | null;
        code_verifier: Buffer | null;
        interaction: Buffer | null;
        expires_at: Date;
        used_at: Date | null;
        to_console: boolean;
      }>(
        'select provider, browser_hash, connector_id, code_verifier, interaction, expires_at, used_at, to_console from oauth_attempts where state_hash = $1 for update',
        [stateHash],
      );
      const [row] = rows;
      if (row === undefined || row.provider !== provider)
        throw new AttemptRefused('This authorisation was not started here, or it is too long ago.', false);
      const invalid = (message: string): AttemptRefused => new AttemptRefused(message, row.to_console);
      if (browser === undefined || !row.browser_hash.equals(hash(browser))) {
        throw invalid('This authorisation was started in another browser. Cookies must be allowed for this address.');
      }
      if (row.used_at !== null) throw invalid('This authorisation has already been used: a page was perhaps reloaded.');
      const now = this.clock.now();
      if (row.expires_at < now) throw invalid(`This authorisation took longer than ${LIFETIME_MINUTES} minutes.`);
      // The row stays until it expires, so that a second use can be told from a forgery.
      await transaction.query(
        'update oauth_attempts set used_at = $2, code_verifier = null, interaction = null where state_hash = $1',
        [stateHash, now],
      );
      return {
        connectorId: row.connector_id ?? undefined,
        codeVerifier: this.open('code_verifier', stateHash, row.code_verifier),
        interaction: this.open('interaction', stateHash, row.interaction),
        toConsole: row.to_console,
      };
    });
  }

  private seal(column: Column, stateHash: Buffer, plain: string | undefined): Buffer | null {
    return plain === undefined ? null : this.keyring.seal(Buffer.from(plain), context(column, stateHash));
  }

  private open(column: Column, stateHash: Buffer, sealed: Buffer | null): string | undefined {
    return sealed === null ? undefined : this.keyring.open(sealed, context(column, stateHash)).toString();
  }
}

type Column = 'code_verifier' | 'interaction';

const context = (column: Column, stateHash: Buffer): string => `oauth_attempts.${column}/${stateHash.toString('hex')}`;

/** This state is not good (any more); it may still be known where its browser wanted to go. */
export class AttemptRefused extends AppError {
  constructor(
    message: string,
    readonly toConsole: boolean,
  ) {
    super('oauth_state_invalid', message);
  }
}
