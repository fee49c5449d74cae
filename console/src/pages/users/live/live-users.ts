import type { User } from '../user';

/** What is known of a user beyond the list that was read. */
type LiveUser = Pick<User, 'status' | 'since' | 'sip'> & Partial<User>;

/** An event of the stream of status changes. */
export interface StatusEvent {
  email: string;
  previous: User['status'];
  status: User['status'];
  at: string;
  sip: User['sip'];
}

type Listener = () => void;

/**
 * Newer knowledge of users than the list has, by email. Events are gathered and told once per frame, and only to the rows in
 * sight: thousands a second cost the page no more than a few.
 */
export class LiveUsers {
  private readonly known = new Map<string, LiveUser>();
  /** When each was learned, by `performance.now()`. */
  private readonly learned = new Map<string, number>();
  private readonly rows = new Map<string, Set<Listener>>();
  private readonly shown = new Set<Listener>();
  private readonly watchers = new Set<(events: readonly StatusEvent[]) => void>();
  private gathered = new Map<string, StatusEvent>();

  /** `nextFrame`: calls back before the next frame is drawn. */
  constructor(private readonly nextFrame: (tell: () => void) => void) {}

  take(event: StatusEvent): void {
    if (this.gathered.size === 0) this.nextFrame(() => this.tell());
    const first = this.gathered.get(event.email);
    // Of several in one frame the last counts, and what was before the first.
    this.gathered.set(event.email, first === undefined ? event : { ...event, previous: first.previous });
  }

  /** What was read of one user by itself. */
  learn(email: string, user: LiveUser): void {
    const known = this.known.get(email);
    if (known !== undefined && known.since > user.since) return;
    this.known.set(email, { ...known, ...user });
    this.learned.set(email, performance.now());
    this.rows.get(email)?.forEach((listener) => listener());
  }

  of(email: string): LiveUser | undefined {
    return this.known.get(email);
  }

  /** @returns how to stop listening */
  onUser(email: string, listener: Listener): Listener {
    const listeners = this.rows.get(email) ?? new Set();
    this.rows.set(email, listeners.add(listener));
    this.shown.forEach((tell) => tell());
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.rows.get(email) === listeners) this.rows.delete(email);
    };
  }

  /** Emails of the users who are shown. */
  inSight(): string[] {
    return [...this.rows.keys()];
  }

  /** Told when a user comes into sight. @returns how to stop listening */
  onShown(listener: Listener): Listener {
    this.shown.add(listener);
    return () => this.shown.delete(listener);
  }

  /** Told of each frame's events, one per user. @returns how to stop listening */
  onEvents(watcher: (events: readonly StatusEvent[]) => void): Listener {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** The list has been read anew, from this instant of `performance.now()` on: what was learned before is no newer. */
  forgetBefore(instant: number): void {
    for (const [email, at] of this.learned) {
      if (at >= instant) continue;
      this.learned.delete(email);
      this.known.delete(email);
      this.rows.get(email)?.forEach((listener) => listener());
    }
  }

  private tell(): void {
    const events = [...this.gathered.values()];
    this.gathered = new Map();
    for (const { email, status, at, sip } of events) this.learn(email, { status, since: at, sip });
    this.watchers.forEach((watcher) => watcher(events));
  }
}

/** A row of the list with what is known beyond it. */
export const withLive = (user: User, live: LiveUser | undefined): User =>
  live === undefined || live.since < user.since ? user : { ...user, ...live };
