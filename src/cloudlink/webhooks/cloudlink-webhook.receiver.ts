import { createHash, timingSafeEqual } from 'node:crypto';
import type { ConnectorCiphers } from '../../platform/crypto/connector-cipher';
import { DecryptionError } from '../../platform/crypto/envelope';
import type { Queryable } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import type { Logger } from '../../platform/logging/logger';
import { cannotTakeIn, withinTime, type DeliveryInbox } from '../../platform/webhooks/delivery-inbox';
import { cloudlinkEventJob } from './cloudlink-event-job';
import type { CloudLinkEvent } from './cloudlink-event';
import { CLOUDLINK_WEBHOOK_SECRET } from './cloudlink-webhook-url';
import { readCloudLinkMessage } from './read-cloudlink-message';
import type { WebhookOwnerRepository } from './webhook-owner.repository';

export interface CloudLinkDelivery {
  connectorId: string;
  secret: string;
  body: Buffer;
  /** Our own id of the request, for the log. */
  requestId: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** CloudLink's webhook: the address is the proof. Who does not know it learns not even that there is one. */
export class CloudLinkWebhookReceiver {
  constructor(
    private readonly database: Queryable,
    private readonly owners: WebhookOwnerRepository,
    private readonly ciphers: ConnectorCiphers,
    private readonly inbox: DeliveryInbox,
    private readonly logger: Logger,
  ) {}

  /** @throws AppError `not_found`, `unavailable` */
  async receive({ connectorId, secret, body, requestId }: CloudLinkDelivery): Promise<void> {
    const accountId = await withinTime(this.findAccount(connectorId, secret)).catch((error: unknown) => {
      throw cannotTakeIn(error);
    });
    if (accountId === undefined) throw new AppError('not_found', 'There is nothing at this address.');
    const message = readCloudLinkMessage(body);
    if (message.kind !== 'event') {
      this.logger.info({ requestId, connectorId, kind: message.kind }, 'cloudlink delivery is of no use');
    } else if (message.event.accountId !== accountId) {
      this.logger.warn({ requestId, connectorId }, 'cloudlink delivery is about another account');
    } else {
      await this.take(connectorId, message.event, requestId);
    }
  }

  private async findAccount(connectorId: string, secret: string): Promise<string | undefined> {
    if (!UUID.test(connectorId)) return undefined;
    // From the table each time: another process may have destroyed the key that this one still remembers.
    const accountId = await this.owners.findAccount(connectorId, this.database);
    if (accountId === undefined) return undefined;
    return (await this.isSecretOf(connectorId, secret)) ? accountId : undefined;
  }

  private async isSecretOf(connectorId: string, given: string): Promise<boolean> {
    try {
      const cipher = await this.ciphers.for(connectorId);
      return isSame(given, cipher.derive(CLOUDLINK_WEBHOOK_SECRET));
    } catch (error) {
      if (!(error instanceof DecryptionError)) throw error;
      this.logger.warn({ connectorId, reason: error.message }, 'the data key of a connector cannot be used');
      return false;
    }
  }

  private async take(connectorId: string, event: CloudLinkEvent, requestId: string): Promise<void> {
    const { publicationId, event: name, accountId, userId = '', occurredAt } = event;
    const isNew = await this.inbox.take(
      {
        provider: 'cloudlink',
        // Nobody can make a publication of another connector count as delivered.
        dedupeKey: `${connectorId}/${publicationId}`,
        event: name,
        accountId,
        subjectId: userId,
        occurredAt,
      },
      cloudlinkEventJob(connectorId, event),
    );
    const facts = { requestId, connectorId, event: name, subjectId: userId };
    this.logger.debug(facts, isNew ? 'cloudlink event stored' : 'cloudlink event was delivered before');
  }
}

/** In constant time, whatever the length of what was given. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
