import type { World } from '../world';
import { CloudLinkNotifications } from './cloudlink-notifications';
import { ZoomEvents } from './zoom-events';
import { ZoomWebhooks } from './zoom-webhooks';

/** Everything that the emulated vendors send of themselves. */
export class Outgoing {
  readonly zoom: ZoomWebhooks;
  readonly events: ZoomEvents;
  readonly notifications: CloudLinkNotifications;

  constructor(
    private readonly world: World,
    zoomUrl: string | undefined,
  ) {
    this.zoom = new ZoomWebhooks(world, zoomUrl);
    this.events = new ZoomEvents(world, this.zoom);
    this.notifications = new CloudLinkNotifications(world);
  }

  release(): void {
    for (const outbox of [this.zoom.outbox, this.notifications.outbox]) outbox.release(this.world.options.seed);
  }

  /** Both at once: what one side sends can make a receiver do what the other side then tells of. */
  async idle(): Promise<void> {
    const { outbox: zoom } = this.zoom;
    const { outbox: cloudlink } = this.notifications;
    while (!zoom.isIdle || !cloudlink.isIdle) await Promise.all([zoom.idle(), cloudlink.idle()]);
  }

  /** Ends all deliveries at once and forgets them. */
  clear(): void {
    this.zoom.outbox.clear();
    this.notifications.outbox.clear();
  }
}
