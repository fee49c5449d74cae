import type { CheckCode } from '../check-codes';
import type { FindingKey, FindingValues } from '../findings';

/** What was found, and how to mend it; '' where there is nothing to do. */
export interface FindingText {
  evidence: string;
  nextStep: string;
}

/** One language: a title or finding that is missing does not compile. */
export interface PreflightTexts {
  titles: Record<CheckCode, string>;
  findings: { [K in FindingKey]: (values: FindingValues[K]) => FindingText };
}
