import type { Clock } from '../../platform/clock/clock';
import type { ZoomConfig } from '../../platform/config/config';
import { AppError } from '../../platform/errors/app-error';
import { assertNever } from '../../platform/errors/assert-never';
import type { Logger } from '../../platform/logging/logger';
import type { DeliveryInbox } from '../../platform/webhooks/delivery-inbox';
import { answerValidation, type ValidationAnswer } from './answer-validation';
import { readZoomMessage } from './read-zoom-message';
import { verifySignature, type SignedHeaders } from './verify-signature';
import type { ZoomEvent } from './zoom-event';
import { dedupeKeyOf, zoomEventJob } from './zoom-event-job';

export interface ZoomDelivery extends SignedHeaders {
  /** x-zm-request-id. */
  deliveryId: string | undefined;
  body: Buffer;
  /** Our own id of the request, for the log. */
  requestId: string;
}

/**
 * Zoom's webhook: signature first, then what it says, then stored, and only then answered. One address receives the
 * events of all customers. What Zoom has signed is never refused for not making sense to us: it would not come again.
 */
export class ZoomWebhookReceiver {
  constructor(
    private readonly config: Pick<ZoomConfig, 'clientId' | 'webhookSecrets'>,
    private readonly inbox: DeliveryInbox,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @throws AppError `signature_invalid`, `invalid_request` (a validation that is none), `unavailable` */
  async receive(delivery: ZoomDelivery): Promise<ValidationAnswer | undefined> {
    const secret = verifySignature(this.config.webhookSecrets, delivery, delivery.body, this.clock.now());
    if (secret === undefined) throw this.notSigned();
    const message = readZoomMessage(delivery.body);
    switch (message.kind) {
      case 'validation':
        return this.validate(secret, message.plainToken);
      case 'event':
        await this.take(message.event, delivery);
        return undefined;
      case 'other':
        this.logger.debug({ requestId: delivery.requestId, event: message.name }, 'zoom event is of no interest');
        return undefined;
      case 'unreadable':
        this.logger.warn(
          { requestId: delivery.requestId, bytes: delivery.body.length },
          'zoom has signed a delivery that cannot be read',
        );
        return undefined;
      default:
        return assertNever(message);
    }
  }

  private async take(event: ZoomEvent, { deliveryId, body, requestId }: ZoomDelivery): Promise<void> {
    const facts = { requestId, event: event.event, accountId: event.accountId, subjectId: event.subjectId };
    if (event.clientId !== undefined && event.clientId !== this.config.clientId) {
      this.logger.info(facts, 'zoom event is about another app');
      return;
    }
    const { event: name, accountId, subjectId, occurredAt } = event;
    const dedupeKey = dedupeKeyOf(deliveryId, body);
    const isNew = await this.inbox.take(
      { provider: 'zoom', dedupeKey, event: name, accountId, subjectId, occurredAt },
      zoomEventJob(event),
    );
    this.logger.debug(facts, isNew ? 'zoom event stored' : 'zoom event was delivered before');
  }

  private validate(secret: string, plainToken: unknown): ValidationAnswer {
    const answer = answerValidation(secret, plainToken);
    if (answer !== undefined) return answer;
    throw new AppError('invalid_request', 'The plainToken is not one that Zoom makes.');
  }

  private notSigned(): AppError {
    const detail = this.config.webhookSecrets.length === 0 ? 'ZOOM_WEBHOOK_SECRETS is not set' : undefined;
    return new AppError(
      'signature_invalid',
      'The signature does not fit the body, or the timestamp is too far from now.',
      detail === undefined ? {} : { detail },
    );
  }
}
