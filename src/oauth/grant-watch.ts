import type { Provider } from './provider';

/** What a provider has told of a person who holds a grant. */
export type GrantHintReason = 'app_deauthorized' | 'user_left' | 'user_deactivated' | 'user_changed';

/** Told when something may have happened to a grant. Whether it has is asked of the provider, never believed. */
export abstract class GrantWatch {
  /** Harmless when repeated. @throws when it must be told again later */
  abstract hint(hint: {
    connectorId: string;
    provider: Provider;
    subjectId: string;
    reason: GrantHintReason;
    occurredAt: Date | undefined;
  }): Promise<void>;
}
