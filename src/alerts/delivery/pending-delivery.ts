import type { Provider } from '../../oauth/provider';
import type { Language } from '../../platform/config/config';
import { AppError } from '../../platform/errors/app-error';
import type { DeliveryKey, SetBy } from '../alert-jobs';
import type { AlertKind } from '../alert-kinds';

/** One alert on its way to one place, with all that a message says about it. */
export interface PendingDelivery extends DeliveryKey {
  channel: 'webhook' | 'email';
  destination: string;
  setBy: SetBy;
  alert: {
    kind: AlertKind;
    provider: Provider | null;
    reason: string | null;
    details: Record<string, unknown>;
    at: Date;
  };
  connector: {
    name: string;
    state: string;
    zoomAccountId: string | null;
    cloudlinkAccountId: string | null;
    /** null: DEFAULT_LANGUAGE. */
    language: Language | null;
    emails: string[];
  };
  grant: { id: string; admin: string | null; role: string | null } | null;
  /** Email of the admin whose grant was in use before, when another one has taken over. */
  formerAdmin: string | null;
  /** The side that the alert is about has a grant to work with now. */
  hasActiveGrant: boolean;
}

/** A delivery with what is made afresh for each try. */
export interface Message extends PendingDelivery {
  /** An admin must authorise for things to go on, or not to stop. */
  mustAct: boolean;
  /** With it, where it is known at which side. */
  reauthorize: { url: string; expiresAt: Date } | undefined;
}

/** How a try ended. `error` is a status or an error code: never an address, never what the other side has said. */
export type Outcome =
  | { kind: 'delivered' }
  /** May be different later. */
  | { kind: 'failed'; error: string }
  /** Will never be different. */
  | { kind: 'refused'; error: string }
  /** Somebody does not want it there any more. */
  | { kind: 'unwanted' };

/** One way to people. @throws only when `signal` aborts, or when our own database is away */
export interface Channel {
  send(message: Message, signal: AbortSignal): Promise<Outcome>;
}

/** The program stops in the middle of a try: the job goes back to the queue. */
export const interrupted = (): AppError =>
  new AppError('unavailable', 'An alert was not sent because the program stops.', { retryable: true });

/** Only letters, digits and signs of an error code: a library may put anything there. */
export const errorCode = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'unknown_error';
};
