import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../platform/errors/app-error';
import { reasonOf } from '../../platform/errors/reason-of';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import type { Push } from './push-address';
import { PushBindings } from './push-bindings';
import { PushCalls } from './push-calls';
import { PushSender, type PushOutcome } from './push-sender';

/** A caller hears it ringing meanwhile; an SBC gives up at about that time. */
const SEND_LIMIT_MS = 5_000;
/** Where nobody says how long to wait. */
const RETRY_AFTER_SECONDS = 5;

/** Takes what an SBC asks for to whoever delivers. No part of a push is ever logged. */
@Injectable()
export class PushRelay {
  constructor(
    private readonly bindings: PushBindings,
    private readonly calls: PushCalls,
    private readonly sender: PushSender,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Done when it is handed over; asking again for the same call and device is harmless.
   * @throws AppError `not_found`: no device of this connector is woken by it, so the SBC ends the binding (RFC 8599: 555);
   *   `provider_unavailable` with retryAfterSeconds: not now
   */
  async relay(connectorId: string, push: Push): Promise<void> {
    if (!(await this.bindings.isKnown(connectorId, push))) throw unknownDevice();
    if (!(await this.calls.begin(connectorId, push))) return;
    let outcome: PushOutcome;
    try {
      outcome = await this.send(connectorId, push);
    } catch (error) {
      await this.calls.undo(connectorId, push);
      this.logger.warn({ connectorId, reason: reasonOf(error) }, 'a push was not delivered');
      const known = error instanceof AppError ? error.retryAfterSeconds : undefined;
      throw new AppError('provider_unavailable', 'The push cannot be delivered now.', {
        retryable: true,
        retryAfterSeconds: Math.max(1, known ?? RETRY_AFTER_SECONDS),
        cause: error,
      });
    }
    this.logger.debug({ connectorId, outcome }, 'a push was handed over');
    if (outcome === 'accepted') return;
    await this.calls.undo(connectorId, push);
    await this.bindings.forget(connectorId, push);
    throw unknownDevice();
  }

  /** The renewal of a token does not listen to the signal, so the wait for it ends here. */
  private send(connectorId: string, push: Push): Promise<PushOutcome> {
    const signal = AbortSignal.timeout(SEND_LIMIT_MS);
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
    });
    return Promise.race([this.sender.send(connectorId, push, signal), late]);
  }
}

const unknownDevice = (): AppError =>
  new AppError('not_found', 'No device of this connector can be woken with these pn-* values: the binding is dead.');
