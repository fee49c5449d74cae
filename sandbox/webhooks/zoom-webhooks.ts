import { randomBytes, randomUUID } from 'node:crypto';
import type { World } from '../world';
import { Outbox, type DeliveryProgress, type Sending } from './outbox';
import { post, type Message } from './post';
import { zoomBody, type ZoomEvent } from './zoom-body';
import { encryptedToken, zoomSignature } from './zoom-signature';

export interface ZoomDelivery extends DeliveryProgress {
  /** Header `x-zm-request-id`: the same in all attempts and copies of one event. */
  requestId: string;
  event: string;
}

export interface Validation {
  /** The endpoint answered as Zoom demands. */
  valid: boolean;
  /** 0: no answer, or no address is set. */
  status: number;
}

/** After 5, 25 and 85 minutes. */
export const ZOOM_RETRY_MINUTES: readonly number[] = [5, 20, 60];

/** Zoom's webhooks: all accounts' events go to one address, which the app has registered. */
export class ZoomWebhooks {
  readonly outbox: Outbox<Pick<ZoomDelivery, 'requestId' | 'event'>>;
  private events = 0;

  constructor(
    private readonly world: World,
    private url: string | undefined,
  ) {
    if (url !== undefined) requireHttp(url);
    this.outbox = new Outbox({
      now: () => world.clock.now(),
      minuteMs: () => world.settings.webhookMinuteMs,
      timeoutMs: () => world.settings.webhookTimeoutMs,
    });
  }

  /** Attempts that are still to come go to the new address; without one they are given up. */
  setUrl(url: string | undefined): void {
    if (url !== undefined) requireHttp(url);
    this.url = url;
  }

  /** @returns the request id; undefined when there is no address to send to */
  send(event: ZoomEvent): string | undefined {
    if (this.url === undefined) return undefined;
    const { webhookCopies, webhookKeyOrder, webhookShuffle } = this.world.settings;
    const body = zoomBody(event, webhookKeyOrder, this.events);
    this.events += 1;
    const requestId = randomUUID().replaceAll('-', '_');
    for (let copy = 0; copy < webhookCopies; copy += 1)
      this.outbox.add({ requestId, event: event.event }, this.sending(requestId, body), webhookShuffle);
    return requestId;
  }

  /** Zoom does this when an address is saved and every 72 hours; not retried. */
  async validate(): Promise<Validation> {
    if (this.url === undefined) return { valid: false, status: 0 };
    const plainToken = randomBytes(16).toString('base64url');
    const event = { event: 'endpoint.url_validation', eventTs: this.world.clock.now(), payload: { plainToken } };
    const body = zoomBody(event, 'payload-first', 0);
    const message = this.message(this.url, randomUUID().replaceAll('-', '_'), body, this.stamp(body));
    const { status, body: answer } = await post(
      message,
      this.world.settings.webhookTimeoutMs,
      new AbortController().signal,
    );
    const wanted = { plainToken, encryptedToken: encryptedToken(this.world.options.zoomWebhookSecret, plainToken) };
    return { valid: status === 200 && hasAll(answer, wanted), status };
  }

  private sending(requestId: string, body: Buffer): Sending {
    let stamp: Record<string, string> | undefined;
    return {
      retryMinutes: ZOOM_RETRY_MINUTES,
      judge,
      compose: () => {
        if (this.url === undefined) return undefined;
        if (stamp === undefined || this.world.settings.webhookResign) stamp = this.stamp(body);
        return this.message(this.url, requestId, body, stamp);
      },
    };
  }

  private stamp(body: Buffer): Record<string, string> {
    const timestamp = String(this.world.clock.nowSeconds());
    const signature = zoomSignature(this.world.options.zoomWebhookSecret, timestamp, body);
    return { 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature };
  }

  private message(url: string, requestId: string, body: Buffer, stamp: Record<string, string>): Message {
    const headers = {
      'user-agent': 'Zoom Marketplace/1.0a',
      'content-type': 'application/json; charset=utf-8',
      ...stamp,
      'x-zm-request-id': requestId,
      // Another one for each attempt: useless for finding repetitions.
      'x-zm-trackingid': `v=2.0;clid=us02;rid=WEB_${randomBytes(16).toString('hex')}`,
      traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`,
      clientid: this.world.options.zoomClientId,
      'accept-encoding': 'gzip',
    };
    return { url, headers, body };
  }
}

/**
 * 200 and 204 at first, any 2xx on a retry; no answer and 5xx are tried again; 3xx and 4xx, 429 too, lose the event. That
 * another 2xx loses it at first is how the two sentences of the document are read together.
 */
function judge(status: number, attempt: number): 'delivered' | 'retry' | 'given-up' {
  if (status === 200 || status === 204) return 'delivered';
  if (attempt > 0 && status > 200 && status < 300) return 'delivered';
  return status === 0 || status >= 500 ? 'retry' : 'given-up';
}

/** @throws RangeError */
export function requireHttp(url: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new RangeError('the address must be an http or https URL');
}

function hasAll(text: string, wanted: Record<string, string>): boolean {
  try {
    const answer = JSON.parse(text) as Record<string, unknown>;
    return Object.entries(wanted).every(([name, value]) => answer[name] === value);
  } catch {
    return false;
  }
}
