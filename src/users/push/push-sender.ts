import type { Push } from './push-address';

/** `gone`: the device is not known there any more, and will not be. */
export type PushOutcome = 'accepted' | 'gone';

/** Who delivers to devices. Exchangeable: nobody documents how Zoom wants to be asked. */
export abstract class PushSender {
  /** @throws AppError when it cannot be delivered now; retryAfterSeconds where known */
  abstract send(connectorId: string, push: Push, signal: AbortSignal): Promise<PushOutcome>;
}
