import type { OnModuleInit } from '@nestjs/common';
import { CLOUDLINK_EVENTS } from '../../cloudlink/webhooks/cloudlink-event';
import {
  CLOUDLINK_EVENT_TASK,
  readCloudLinkHint,
  type CloudLinkHint,
} from '../../cloudlink/webhooks/cloudlink-event-job';
import type { GrantWatch } from '../../oauth/grant-watch';
import type { Database } from '../../platform/database/database';
import { assertNever } from '../../platform/errors/assert-never';
import type { Logger } from '../../platform/logging/logger';
import type { TaskRegistry } from '../../platform/queue/task-registry';
import type { WebhookDeliveries } from '../../platform/webhooks/webhook-deliveries';
import type { DeliveryOutcome, WaitingDelivery } from '../../platform/webhooks/webhook-delivery';
import type { SyncedConnectorRepository } from '../synced-connector.repository';
import type { HintedConnector, HintedConnectorRepository } from './hinted-connector.repository';
import { pickGrantHint, type GrantHint } from './pick-grant-hint';

/**
 * Works on what CloudLink has told. There is no way to read one user's credential alone, so whatever has changed, a sync
 * follows soon; only who gave us a grant is looked at by name.
 */
export class CloudLinkEventTask implements OnModuleInit {
  constructor(
    private readonly tasks: TaskRegistry,
    private readonly database: Database,
    private readonly deliveries: WebhookDeliveries,
    private readonly connectors: HintedConnectorRepository,
    private readonly schedule: SyncedConnectorRepository,
    private readonly grantWatch: GrantWatch,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.tasks.register(CLOUDLINK_EVENT_TASK, (payload) => this.handle(payload));
  }

  private async handle(payload: Record<string, unknown>): Promise<void> {
    const hint = readCloudLinkHint(payload);
    if (hint === undefined) throw new Error('this is not a payload of cloudlink-event');
    const { connectorId, accountId, userId } = hint;
    const waiting = await this.deliveries.waiting(
      { provider: 'cloudlink', accountId, subjectId: userId, events: CLOUDLINK_EVENTS },
      this.database,
    );
    const connector = await this.connectors.find(connectorId, this.database);
    const outcome = connector === undefined ? 'ignored' : await this.follow(connector, hint, waiting);
    const keys = waiting.map((delivery) => delivery.dedupeKey);
    await this.deliveries.finish('cloudlink', keys, outcome, this.database);
    this.logger.debug(
      { connectorId, subjectId: userId, deliveries: keys.length, outcome },
      'cloudlink events worked on',
    );
  }

  private async follow(
    connector: HintedConnector,
    hint: CloudLinkHint,
    waiting: WaitingDelivery[],
  ): Promise<DeliveryOutcome> {
    const { connectorId } = connector;
    const { userId: subjectId } = hint;
    if (subjectId !== '' && (await this.connectors.holdsGrant(connectorId, 'cloudlink', subjectId, this.database))) {
      const gravest = pickGrantHint([hint, ...waiting].map(toGrantHint));
      if (gravest !== undefined)
        await this.grantWatch.hint({ connectorId, provider: 'cloudlink', subjectId, ...gravest });
    }
    switch (connector.state) {
      case 'active': {
        // Who has left CloudLink is not among its changed users; whom a change of the account concerns, nobody says.
        const isOfUsersAlone = [hint, ...waiting].every(({ event }) => event === 'user.changed');
        if (!isOfUsersAlone) await this.schedule.requestFullSync(connectorId, this.database);
        else await this.schedule.requestSync(connectorId, this.database);
        return 'sync_requested';
      }
      case 'reauthorization_required':
        return 'waits_for_sync';
      case 'pending':
      case 'disconnected':
        return 'ignored';
      default:
        return assertNever(connector.state);
    }
  }
}

const toGrantHint = ({ event, occurredAt }: { event: string; occurredAt: Date | undefined }): GrantHint => ({
  reason: event === 'user.deleted' ? 'user_left' : 'user_changed',
  occurredAt,
});
