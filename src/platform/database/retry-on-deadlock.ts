import { setTimeout as sleep } from 'node:timers/promises';

/** SQLSTATE deadlock_detected. */
const DEADLOCK_DETECTED = '40P01';
const ATTEMPTS = 5;
/** So that the two do not meet again at the same place. */
const LONGEST_PAUSE_MS = 100;

/**
 * Two transactions may need the same rows in opposite order; PostgreSQL then ends one of both, and doing it again works.
 * @param work a whole transaction, harmless when it is rolled back
 */
export async function retryOnDeadlock<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: unknown }).code !== DEADLOCK_DETECTED || attempt >= ATTEMPTS) throw error;
      await sleep(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}
