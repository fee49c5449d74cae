import { answer, api } from '../../../api/client';
import type { LiveUsers } from './live-users';
import { newestDevices } from './newest-devices';

/** An event does not say how the devices are: the rows in sight are asked for, at most so often. */
const PAUSE_MS = 1_000;
/** The most users of one request. */
const MOST = 500;

/** Reads rows again that an event has changed, as soon as they are in sight. */
export class FreshRows {
  private readonly changed = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly live: LiveUsers,
    private readonly connectorId: string,
  ) {}

  /** @returns how to stop */
  start(): () => void {
    const stops = [
      this.live.onEvents((events) => {
        for (const { email } of events) this.changed.add(email);
        this.look();
      }),
      this.live.onShown(() => this.look()),
    ];
    return () => {
      stops.forEach((stop) => stop());
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  /** Reads any users again now. */
  read(emails: readonly string[]): void {
    // The next change, or the next look at the user, makes up for a failed one.
    if (emails.length > 0) this.ask(emails.slice(0, MOST)).catch(() => undefined);
  }

  private look(): void {
    if (this.changed.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.read(this.live.inSight().filter((email) => this.changed.delete(email)));
    }, PAUSE_MS);
  }

  private async ask(users: string[]): Promise<void> {
    const params = { path: { connectorId: this.connectorId } };
    const { items } = await answer(api.POST('/v1/connectors/{connectorId}/statuses', { params, body: { users } }));
    for (const { email, status, since, sip, syncedAt, registrations } of items)
      this.live.learn(email, { status, since, sip, syncedAt, devices: newestDevices(registrations) });
  }
}
