import { AppError } from '../../platform/errors/app-error';
import { reasonOf } from '../../platform/errors/reason-of';
import type { Logger } from '../../platform/logging/logger';
import type { Look, LookFault } from './facts';

/** Long enough for a slow answer and one repetition, short enough for somebody who waits for the whole list. */
export const LOOK_LIMIT_MS = 12_000;

/**
 * One question to a provider, with an end: whatever happens is an answer to "what do we know". The renewal of a token
 * does not listen to the signal and is not cut off; only nobody waits for it any longer.
 */
export async function lookAt<T>(
  name: string,
  ask: (signal: AbortSignal) => Promise<T>,
  logger: Logger,
  limitMs: number = LOOK_LIMIT_MS,
): Promise<Look<T>> {
  const signal = AbortSignal.timeout(limitMs);
  try {
    return { seen: await Promise.race([ask(signal), rejectedBy(signal)]) };
  } catch (error) {
    const fault = signal.aborted ? ({ kind: 'unreachable', retryAfterSeconds: undefined } as const) : faultOf(error);
    logger.info({ look: name, fault: fault.kind, reason: reasonOf(error) }, 'a look before the start told nothing');
    return { fault };
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function faultOf(error: unknown): LookFault {
  if (!(error instanceof AppError)) return { kind: 'unreadable' };
  switch (error.code) {
    case 'reauthorization_required':
      return { kind: 'not_authorised' };
    case 'provider_unavailable':
      return { kind: 'unreachable', retryAfterSeconds: error.retryAfterSeconds };
    case 'provider_rejected':
      return { kind: 'refused' };
    default:
      return { kind: 'unreadable' };
  }
}
