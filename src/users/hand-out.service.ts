import { Injectable } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log';
import { ConnectorCiphers, type ConnectorCipher } from '../platform/crypto/connector-cipher';
import { orderTargets } from '../sip/order-targets';
import type { HashDto, HandOutDto } from './hand-out.dto';
import { HandOutRepository, type SealedCredential } from './hand-out.repository';
import type { Platform } from './registration-report';
import { unknownUser, userPending } from './user-errors';
import { parseUserKey } from './user-key';

/** RFC 3261 section 10.2.1.1 suggests an hour; SBCs shorten it as they like. */
const REGISTRATION_EXPIRES_SECONDS = 3600;

export interface Asker {
  clientId: string;
  requestId: string;
  address: string;
}

/** Gives an app what it needs to register. The one way by which a HA1 leaves this service. */
@Injectable()
export class HandOutService {
  constructor(
    private readonly holders: HandOutRepository,
    private readonly ciphers: ConnectorCiphers,
    private readonly audit: AuditLog,
  ) {}

  /** @throws AppError `not_found` for unknown and removed users, `user_pending` without a credential */
  async get(connectorId: string, user: string, platform: Platform, asker: Asker): Promise<HandOutDto> {
    const holder = await this.holders.find(connectorId, parseUserKey(user));
    if (holder === undefined || holder.status === 'removed') throw unknownUser();
    const { userId, email, credentialState, credential, asOf } = holder;
    if (credentialState !== 'ready' || credential === null) throw userPending();
    const cipher = await this.ciphers.for(connectorId);
    // Before the hash is opened: what cannot be recorded is not handed out.
    await this.audit.record({
      connectorId,
      actorKind: 'client',
      actorId: asker.clientId,
      action: 'credential.read',
      subject: userId,
      requestId: asker.requestId,
      address: asker.address,
      details: { email, platform },
    });
    return compose(credential, platform, openHashes(cipher, userId, credential), asOf);
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

function compose(credential: SealedCredential, platform: Platform, hashes: HashDto[], asOf: Date | null): HandOutDto {
  const [strongest] = hashes;
  // The table forbids it (sip_credentials_has_a_hash).
  if (strongest === undefined) throw new Error('a stored credential has no hash');
  const { userName, authUserName, realm, targets } = credential;
  return {
    sip: { userName, authUserName, realm, ...strongest },
    credentials: hashes,
    // Whether the app is on site will follow from the address it asks from; until then everybody is remote.
    targets: orderTargets(targets, platform),
    registrationExpires: REGISTRATION_EXPIRES_SECONDS,
    features: { mobile: orderTargets(targets, 'mobile').length > 0 },
    asOf: asOf?.toISOString() ?? null,
  };
}
