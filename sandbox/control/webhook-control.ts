import type { Notification } from '../webhooks/cloudlink-notifications';
import type { Outgoing } from '../webhooks/outgoing';
import type { EventExtra } from '../webhooks/zoom-events';
import type { Validation, ZoomDelivery } from '../webhooks/zoom-webhooks';

/** The part of the control that concerns what the vendors send of themselves. */
export class WebhookControl {
  constructor(protected readonly outgoing: Outgoing) {}

  /** Where Zoom's events go from now on, retries too; undefined: nowhere. */
  setZoomWebhookUrl(url: string | undefined): void {
    this.outgoing.zoom.setUrl(url);
  }

  /** @returns the request id; undefined when no address is set */
  sendZoomEvent(event: string, object: Record<string, unknown>, extra?: EventExtra): string | undefined {
    return this.outgoing.events.send(event, object, extra);
  }

  /** Zoom's test of the address (`endpoint.url_validation`). */
  validateWebhookUrl(): Promise<Validation> {
    return this.outgoing.zoom.validate();
  }

  /** The last 5000 deliveries to the app's address, oldest first. */
  webhooks(): ZoomDelivery[] {
    return this.outgoing.zoom.outbox.view();
  }

  /** The last 5000 deliveries to subscribers of CloudLink, oldest first. */
  notifications(): Notification[] {
    return this.outgoing.notifications.outbox.view();
  }

  /** Sends what is held by `webhookShuffle` and `notificationShuffle`. */
  releaseWebhooks(): void {
    this.outgoing.release();
  }

  /** Resolves when nothing is being sent and nothing waits for a retry, at both vendors. Held ones do not count. */
  webhooksIdle(): Promise<void> {
    return this.outgoing.idle();
  }
}
