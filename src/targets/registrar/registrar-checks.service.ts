import { Injectable } from '@nestjs/common';
import { unknownUser } from '../../access/unknown-user';
import { parseUserKey } from '../../access/user-key';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { ConnectorCiphers, type ConnectorCipher } from '../../platform/crypto/connector-cipher';
import { AppError } from '../../platform/errors/app-error';
import type { DigestAlgorithm } from '../../sip/digest/digest-algorithm';
import type { SipAccount } from '../../sip/registrar/ask-registrar';
import { checkRegistrar, type RegistrarCheck } from '../../sip/registrar/check-registrar';
import { TargetDialling } from '../target-dialling';
import { RegistrarAccountRepository, type StoredAccount, type StoredCredential } from './registrar-account.repository';
import { RegistrarRecordRepository, type CheckCause } from './registrar-record.repository';

/** Between two questions by hand about one user. */
const TURN_SECONDS = 10;

export interface DoneCheck extends RegistrarCheck {
  at: Date;
}

/** Asks the registrar itself whether a user's hash is accepted and which devices are bound. Changes nothing there. */
@Injectable()
export class RegistrarChecks {
  constructor(
    private readonly accounts: RegistrarAccountRepository,
    private readonly records: RegistrarRecordRepository,
    private readonly dialling: TargetDialling,
    private readonly ciphers: ConnectorCiphers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not_found`, `user_pending`, `too_many_requests` */
  async checkNow(connectorId: string, user: string, by: Actor, signal: AbortSignal): Promise<DoneCheck> {
    const account = await this.accounts.find(connectorId, parseUserKey(user));
    if (account === undefined || account.status === 'removed') throw unknownUser();
    if (account.credentialState !== 'ready' || account.credential === null)
      throw new AppError('user_pending', 'This user has no SIP credential that a registrar could be asked with.');
    const now = this.clock.now();
    const { userId, email } = account;
    if (!(await this.accounts.takeTurn(connectorId, userId, now, new Date(now.getTime() - TURN_SECONDS * 1000))))
      throw new AppError(
        'too_many_requests',
        `A registrar is asked about one user every ${TURN_SECONDS} seconds at most.`,
        {
          retryable: true,
          retryAfterSeconds: TURN_SECONDS,
        },
      );
    // Before the hash is used: what cannot be recorded is not done.
    await this.audit.record({ ...by, connectorId, action: 'registrar.asked', subject: userId, details: { email } });
    return this.check(connectorId, account, 'manual', signal);
  }

  /** @throws the reason of `signal` */
  async check(connectorId: string, account: StoredAccount, cause: CheckCause, signal: AbortSignal): Promise<DoneCheck> {
    const { userId, credential } = account;
    if (credential === null) throw unknownUser();
    const cipher = await this.ciphers.for(connectorId);
    const options = await this.dialling.optionsFor(connectorId, signal);
    const check = await checkRegistrar(credential.targets, toSipAccount(cipher, userId, credential), {
      ...options,
      now: () => this.clock.now(),
    });
    const at = this.clock.now();
    await this.records.record(connectorId, userId, check, cause, at);
    return { ...check, at };
  }
}

/** A hash is opened only when a registrar asks for its algorithm in its realm. */
function toSipAccount(cipher: ConnectorCipher, row: string, credential: StoredCredential): SipAccount {
  const { userName, authUserName, realm, md5, sha256 } = credential;
  const algorithms: DigestAlgorithm[] = [];
  if (sha256 !== null) algorithms.push('SHA-256');
  if (md5 !== null) algorithms.push('MD5');
  return {
    userName,
    authUserName,
    realm,
    algorithms,
    openHash: (algorithm) => {
      if (algorithm === 'SHA-256' && sha256 !== null)
        return cipher.open(sha256, { column: 'sip_credentials.sha256_ha1', row });
      if (algorithm === 'MD5' && md5 !== null) return cipher.open(md5, { column: 'sip_credentials.md5_ha1', row });
      throw new Error(`there is no hash for ${algorithm}`);
    },
  };
}
