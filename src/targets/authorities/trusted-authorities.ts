import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { lockConnector } from '../lock-connector';
import { checkAuthorities, readAuthorities, type Authority } from './check-authorities';

/** A context holds some 140 parsed certificates. */
const CACHE_SIZE = 100;
/** An entry of the audit stays for ever: enough to see what happened. */
const MAX_TOLD = 10;

/** Whom a connector trusts for its targets: the public authorities, and those that its operator has added. */
@Injectable()
export class TrustedAuthorities {
  private readonly contexts = new Map<string, { pem: string; context: SecureContext }>();

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** undefined: the public ones alone, as Node knows them (with NODE_EXTRA_CA_CERTS). */
  async contextFor(connectorId: string): Promise<SecureContext | undefined> {
    const pem = await this.read(connectorId);
    if (pem === undefined) {
      this.contexts.delete(connectorId);
      return undefined;
    }
    const known = this.contexts.get(connectorId);
    if (known?.pem === pem) return known.context;
    const context = createSecureContext({ ca: [...rootCertificates, pem] });
    const [oldest] = this.contexts.keys();
    if (this.contexts.size >= CACHE_SIZE && oldest !== undefined) this.contexts.delete(oldest);
    this.contexts.set(connectorId, { pem, context });
    return context;
  }

  /** Those that were added; empty: the public ones alone. */
  async list(connectorId: string): Promise<Authority[]> {
    const pem = await this.read(connectorId);
    return pem === undefined ? [] : readAuthorities(pem);
  }

  /**
   * Takes the place of all that were there; each probe from now on goes by them, and the next round is due.
   * @param field how the caller names the text
   * @throws AppError `not_found`, `invalid_request`
   */
  async set(connectorId: string, text: string, by: Actor, field = 'pem'): Promise<Authority[]> {
    const { pem, authorities } = checkAuthorities(text, this.clock.now(), field);
    await this.change(connectorId, pem, authorities, by);
    return authorities;
  }

  /** Back to the public ones. @throws AppError `not_found` */
  async clear(connectorId: string, by: Actor): Promise<void> {
    await this.change(connectorId, null, [], by);
  }

  private async change(connectorId: string, pem: string | null, authorities: Authority[], by: Actor): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await lockConnector(connectorId, transaction);
      await transaction.query('delete from trusted_authorities where connector_id = $1', [connectorId]);
      if (pem !== null)
        await transaction.query('insert into trusted_authorities (connector_id, pem, changed_at) values ($1, $2, $3)', [
          connectorId,
          pem,
          this.clock.now(),
        ]);
      // The verdicts that are shown are those of before.
      await transaction.query(
        'update target_rounds set next_round_at = $2 where connector_id = $1 and next_round_at > $2',
        [connectorId, this.clock.now()],
      );
      const told = authorities.slice(0, MAX_TOLD);
      await this.audit.record(
        {
          ...by,
          connectorId,
          action: 'authorities.changed',
          subject: connectorId,
          details: {
            authorities: authorities.length,
            subjects: told.map(({ subject }) => subject).join('; '),
            fingerprints: told.map(({ fingerprint }) => fingerprint).join(', '),
          },
        },
        transaction,
      );
    });
  }

  private async read(connectorId: string): Promise<string | undefined> {
    const { rows } = await this.database.query<{ pem: string }>(
      'select pem from trusted_authorities where connector_id = $1',
      [connectorId],
    );
    return rows[0]?.pem;
  }
}
