import type { ReauthorizeLinks } from '../../oauth/reauthorize-links';
import type { Clock } from '../../platform/clock/clock';
import { AppError } from '../../platform/errors/app-error';
import { assertNever } from '../../platform/errors/assert-never';
import type { Logger } from '../../platform/logging/logger';
import type { JobContext } from '../../platform/queue/task-registry';
import { DELIVERY_TRIES } from '../alert-jobs';
import type { DeliveryRepository } from './delivery.repository';
import { needsAdmin } from './needs-admin';
import type { Channel, Message, PendingDelivery } from './pending-delivery';

/** Takes one alert to one place; the queue calls again until it has arrived or is given up. */
export class DeliverAlert {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly channels: Record<PendingDelivery['channel'], Channel>,
    private readonly links: ReauthorizeLinks,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @throws AppError (retryable) when it is to be tried again */
  async run(payload: Record<string, unknown>, job: Pick<JobContext, 'signal' | 'attempt'>): Promise<void> {
    const delivery = await this.deliveries.findPending(readKey(payload));
    if (delivery === undefined) return;
    const outcome = await this.channels[delivery.channel].send(this.prepare(delivery), job.signal);
    switch (outcome.kind) {
      case 'delivered':
        await this.deliveries.noteTry(delivery, 'delivered', null, this.clock.now());
        this.logger.info(facts(delivery), 'alert delivered');
        return;
      case 'unwanted':
        await this.deliveries.noteTry(delivery, 'dead', 'destination_removed', this.clock.now());
        this.logger.info(facts(delivery), 'alert not delivered: its destination was removed');
        return;
      case 'refused':
        return this.giveUp(delivery, outcome.error);
      case 'failed':
        if (job.attempt >= DELIVERY_TRIES) return this.giveUp(delivery, outcome.error);
        await this.deliveries.noteTry(delivery, 'pending', outcome.error, this.clock.now());
        throw new AppError('unavailable', 'An alert has not arrived.', {
          retryable: true,
          detail: `${delivery.channel}: ${outcome.error}`,
        });
      default:
        return assertNever(outcome);
    }
  }

  /** The link is made now: its life begins when it is sent. */
  private prepare(delivery: PendingDelivery): Message {
    const { provider } = delivery.alert;
    const mustAct = needsAdmin(delivery);
    const reauthorize = provider !== null && mustAct ? this.links.linkFor(delivery.connectorId, provider) : undefined;
    return { ...delivery, mustAct, reauthorize };
  }

  /** A dead letter: it stays in the table, and an operator may send it once more. */
  private async giveUp(delivery: PendingDelivery, error: string): Promise<void> {
    const attempts = await this.deliveries.noteTry(delivery, 'dead', error, this.clock.now());
    this.logger.warn({ ...facts(delivery), attempts, reason: error }, 'alert could not be delivered');
  }
}

/** Not the address: it is a person's, or a secret in itself. */
const facts = ({ connectorId, alertId, deliveryId, channel, alert }: PendingDelivery): object => ({
  alert: alert.kind,
  alertId,
  connectorId,
  deliveryId,
  channel,
});

const readKey = ({ connectorId, alertId, deliveryId }: Record<string, unknown>) => ({
  connectorId: String(connectorId),
  alertId: String(alertId),
  deliveryId: String(deliveryId),
});
