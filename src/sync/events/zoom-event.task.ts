import type { OnModuleInit } from '@nestjs/common';
import type { GrantWatch } from '../../oauth/grant-watch';
import type { Database } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import type { Logger } from '../../platform/logging/logger';
import type { JobContext, TaskRegistry } from '../../platform/queue/task-registry';
import type { WebhookDeliveries } from '../../platform/webhooks/webhook-deliveries';
import type { DeliveryOutcome, WaitingDelivery } from '../../platform/webhooks/webhook-delivery';
import {
  isZoomEventName,
  ZOOM_APP_EVENTS,
  ZOOM_USER_EVENTS,
  type ZoomEventName,
  type ZoomUserEventName,
} from '../../zoom/webhooks/zoom-event';
import { readZoomHint, ZOOM_EVENT_TASK, type ZoomHint } from '../../zoom/webhooks/zoom-event-job';
import type { FollowZoomUser } from './follow-zoom-user';
import type { GiveUpHint } from './give-up-hint';
import type { HintedConnector, HintedConnectorRepository } from './hinted-connector.repository';
import { pickGrantHint, reasonOf } from './pick-grant-hint';

interface Told {
  event: ZoomEventName;
  occurredAt: Date | undefined;
}

/** Works on what Zoom has told of one person, all of it that has come so far: first their grant, then their user. */
export class ZoomEventTask implements OnModuleInit {
  constructor(
    private readonly tasks: TaskRegistry,
    private readonly database: Database,
    private readonly deliveries: WebhookDeliveries,
    private readonly connectors: HintedConnectorRepository,
    private readonly grantWatch: GrantWatch,
    private readonly users: FollowZoomUser,
    private readonly giveUp: GiveUpHint,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.tasks.register(ZOOM_EVENT_TASK, (payload, job) => this.handle(payload, job));
  }

  private async handle(payload: Record<string, unknown>, job: JobContext): Promise<void> {
    const hint = readZoomHint(payload);
    if (hint === undefined) throw new Error('this is not a payload of zoom-event');
    const { accountId, subjectId } = hint;
    const waiting = await this.deliveries.waiting(
      {
        provider: 'zoom',
        accountId,
        subjectId,
        events: hint.event === 'app_deauthorized' ? ZOOM_APP_EVENTS : ZOOM_USER_EVENTS,
      },
      this.database,
    );
    const connector = await this.connectors.findByZoomAccount(accountId, this.database);
    const outcome = connector === undefined ? 'ignored' : await this.follow(connector, hint, waiting, job);
    const keys = waiting.map((delivery) => delivery.dedupeKey);
    await this.deliveries.finish('zoom', keys, outcome, this.database);
    this.logger.debug({ accountId, subjectId, deliveries: keys.length, outcome }, 'zoom events worked on');
  }

  private async follow(
    connector: HintedConnector,
    hint: ZoomHint,
    waiting: WaitingDelivery[],
    job: JobContext,
  ): Promise<DeliveryOutcome> {
    const told = [hint, ...waiting.flatMap(toTold)];
    const isWatched = await this.watchGrant(connector.connectorId, hint.subjectId, told);
    if (hint.event === 'app_deauthorized') return isWatched ? 'applied' : 'ignored';
    try {
      return await this.users.follow(
        connector,
        hint.subjectId,
        told.map(({ event }) => event).filter(isAboutUser),
        job.signal,
      );
    } catch (error) {
      // The side has no grant (any more): with the next one everybody is read anew.
      if (error instanceof AppError && error.code === 'reauthorization_required') return 'waits_for_sync';
      return this.giveUp.orThrow(error, connector.connectorId, job);
    }
  }

  /** Comes first and needs no grant that works. @returns whether a grant was looked at */
  private async watchGrant(connectorId: string, subjectId: string, told: Told[]): Promise<boolean> {
    // Zoom revokes before it tells of a removed app: the grant may have been found dead meanwhile.
    // And an owner may remove it who never authorised anything.
    const isRemoval = told.some(({ event }) => event === 'app_deauthorized');
    if (!isRemoval && !(await this.connectors.holdsGrant(connectorId, 'zoom', subjectId, this.database))) return false;
    const gravest = pickGrantHint(told.map(({ event, occurredAt }) => ({ reason: reasonOf(event), occurredAt })));
    if (gravest !== undefined) await this.grantWatch.hint({ connectorId, provider: 'zoom', subjectId, ...gravest });
    return true;
  }
}

const toTold = ({ event, occurredAt }: WaitingDelivery): Told[] =>
  isZoomEventName(event) ? [{ event, occurredAt }] : [];

const isAboutUser = (event: ZoomEventName): event is ZoomUserEventName => event !== 'app_deauthorized';
