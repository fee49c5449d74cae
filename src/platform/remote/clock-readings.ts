import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallTarget } from './call-limits';

/** One answer with a `Date` header, and when its request left and the answer came, by our clock. Milliseconds since 1970. */
export interface ClockReading {
  provider: CallTarget['provider'];
  sentAt: number;
  receivedAt: number;
  /** RFC 9110 section 6.6.1: whole seconds, so the answer was made between this and a second later. */
  date: number;
}

const scopes = new AsyncLocalStorage<ClockReading[]>();

/** Runs `work` and keeps what every answer inside tells of the provider's clock, refusals included. */
export async function withClockReadings<T>(work: () => Promise<T>): Promise<{ result: T; readings: ClockReading[] }> {
  const readings: ClockReading[] = [];
  const result = await scopes.run(readings, work);
  return { result, readings };
}

/** Notes one exchange of the scope around the caller; outside of every scope it costs one look. */
export function noteClock(
  provider: CallTarget['provider'],
  headers: Record<string, string | undefined>,
  sentAt: Date,
  receivedAt: Date,
): void {
  const readings = scopes.getStore();
  if (readings === undefined) return;
  // What a cache on the way has kept for a while says nothing of the time now.
  if (headers['age'] !== undefined && headers['age'] !== '0') return;
  const date = Date.parse(headers['date'] ?? '');
  if (Number.isNaN(date)) return;
  readings.push({ provider, sentAt: sentAt.getTime(), receivedAt: receivedAt.getTime(), date });
}
