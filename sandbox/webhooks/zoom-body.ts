import type { Settings } from '../settings';

export interface ZoomEvent {
  event: string;
  /** Milliseconds; `app_deauthorized` has it inside its payload instead. */
  eventTs: number | undefined;
  payload: Record<string, unknown>;
}

type Key = 'event' | 'event_ts' | 'payload';

/** Zoom's documents show all of these orders. */
const ORDERS: readonly (readonly Key[])[] = [
  ['event', 'event_ts', 'payload'],
  ['payload', 'event_ts', 'event'],
  ['event', 'payload', 'event_ts'],
];

/** The body as Zoom writes it. `number` counts the events: with `mixed` the next one has another order. */
export function zoomBody(event: ZoomEvent, keyOrder: Settings['webhookKeyOrder'], number: number): Buffer {
  const values: Record<Key, unknown> = { event: event.event, event_ts: event.eventTs, payload: event.payload };
  const places = { 'event-first': 0, 'payload-first': 1, mixed: number % ORDERS.length };
  const keys = ORDERS[places[keyOrder]] ?? [];
  // JSON leaves undefined fields out.
  return Buffer.from(JSON.stringify(Object.fromEntries(keys.map((key) => [key, values[key]]))), 'utf8');
}
