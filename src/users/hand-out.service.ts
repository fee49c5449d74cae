import { Injectable } from '@nestjs/common';
import { unknownUser } from '../access/unknown-user';
import { parseUserKey } from '../access/user-key';
import { AuditLog } from '../platform/audit/audit-log';
import { Clock } from '../platform/clock/clock';
import { ConnectorCiphers, type ConnectorCipher } from '../platform/crypto/connector-cipher';
import { placeOf, type Place } from '../sip/place-of';
import { describeHandOut } from './describe-hand-out';
import type { HashDto, HandOutDto } from './hand-out.dto';
import { HandOutRepository, type SealedCredential } from './hand-out.repository';
import type { Platform } from './registration-report';
import { mobileCallingOff, userPending } from './user-errors';

export interface Asker {
  clientId: string;
  requestId: string;
  /** What the audit keeps: who connected, or whom a trusted proxy names. */
  address: string;
  /** What decides the place; undefined: not known. */
  clientAddress: string | undefined;
  /** An app with a token of its own, not the machine client. */
  isApp: boolean;
}

/** Gives an app what it needs to register. The one way by which a HA1 leaves this service. */
@Injectable()
export class HandOutService {
  constructor(
    private readonly holders: HandOutRepository,
    private readonly ciphers: ConnectorCiphers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not_found` for unknown and removed users, `mobile_calling_off`, `user_pending` without a credential */
  async get(connectorId: string, user: string, platform: Platform, asker: Asker): Promise<HandOutDto> {
    const holder = await this.holders.find(connectorId, parseUserKey(user), this.clock.now());
    if (holder === undefined || holder.status === 'removed') throw unknownUser();
    const { userId, email, credentialState, credential, networks, site } = holder;
    // First: nobody waits for a credential that would not be given.
    if (platform === 'mobile' && !holder.mobileCalling) throw mobileCallingOff();
    if (credentialState !== 'ready' || credential === null) throw userPending();
    const cipher = await this.ciphers.for(connectorId);
    const place = placeOf(networks, site, asker.clientAddress);
    // Before the hash is opened: what cannot be recorded is not handed out.
    await this.record(connectorId, userId, { email, platform, place }, asker);
    const hashes = openHashes(cipher, userId, credential);
    return describeHandOut({ ...holder, credential, hashes, platform, place });
  }

  private async record(
    connectorId: string,
    subject: string,
    details: { email: string; platform: Platform; place: Place },
    { clientId, requestId, address, isApp }: Asker,
  ): Promise<void> {
    const action = 'credential.read';
    await this.audit.record({
      connectorId,
      actorKind: 'client',
      actorId: clientId,
      action,
      subject,
      requestId,
      address,
      details: isApp ? { ...details, by: 'app' } : details,
    });
  }
}

/** Strongest first. */
function openHashes(cipher: ConnectorCipher, row: string, { md5, sha256 }: SealedCredential): HashDto[] {
  const hashes: HashDto[] = [];
  if (sha256 !== null) {
    hashes.push({ algorithm: 'SHA-256', ha1: cipher.open(sha256, { column: 'sip_credentials.sha256_ha1', row }) });
  }
  if (md5 !== null)
    hashes.push({ algorithm: 'MD5', ha1: cipher.open(md5, { column: 'sip_credentials.md5_ha1', row }) });
  return hashes;
}
