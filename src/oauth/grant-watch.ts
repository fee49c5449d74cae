import type { Provider } from './provider';

export type GrantHintReason = 'app_deauthorized' | 'user_left' | 'user_deactivated' | 'user_changed';

/** Where hints about the people behind grants go: what they mean is asked at the provider, not taken on trust. */
export abstract class GrantWatch {
  abstract hint(hint: {
    connectorId: string;
    provider: Provider;
    subjectId: string;
    reason: GrantHintReason;
    occurredAt: Date | undefined;
  }): Promise<void>;
}
