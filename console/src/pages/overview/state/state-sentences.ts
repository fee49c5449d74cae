import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { RUN_ERROR_TEXTS } from '../syncs/run-error-texts';
import { reasonClause, REASON_TEXTS } from '../sides/reason-texts';
import { OVERVIEW_TEXTS } from '../texts';
import { STATE_TEXTS } from './state-texts';
import type { NeedySide, Told } from './tell-state';

interface Sentences {
  /** undefined where each side has a sentence of its own. */
  sentences: string | undefined;
  sideSentence: (side: NeedySide) => string;
  /** What happens if nobody does anything. */
  afterwards: string | undefined;
}

/** What is told of a connector, in the language of whoever looks. */
export function useStateSentences(told: Told): Sentences {
  const texts = useTexts(STATE_TEXTS);
  const reasons = useTexts(REASON_TEXTS);
  const { users } = useTexts(OVERVIEW_TEXTS);
  const errors = useTexts(RUN_ERROR_TEXTS);
  const { instant, relative, number } = useFormats();
  const count = (value: number): string => users(value, number(value));
  const sideSentence = ({ provider, code, admin }: NeedySide): string => {
    const clause = reasonClause(reasons, code, { admin, provider: texts.providers[provider] });
    return told.kind === 'at_risk' ? texts.atRisk(clause) : texts.reauthorise(clause);
  };
  const sentence = (): string | undefined => {
    switch (told.kind) {
      case 'disconnected':
        return texts.disconnected(instant(told.since));
      case 'pending':
        return texts.pending(told.missing.map((provider) => texts.providers[provider]));
      case 'reauthorise':
      case 'at_risk':
        return undefined;
      case 'approval':
        return texts.approval(count(told.missing));
      case 'sync_failed':
        return texts.syncFailed(errors[told.code] ?? told.message);
      case 'faults':
        return texts.faults(told.faults, told.failing === 0 ? undefined : count(told.failing));
      case 'first_sync':
        return texts.firstSync;
      case 'well':
        return texts.well(relative(told.syncedAt));
    }
  };
  const destroyedAt = told.kind === 'reauthorise' ? told.disconnectsAt : null;
  return {
    sentences: sentence(),
    sideSentence,
    afterwards: destroyedAt === null ? undefined : texts.destroyed(instant(destroyedAt)),
  };
}
