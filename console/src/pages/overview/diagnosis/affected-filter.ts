import type { DiagnosisItem } from '../types';

/**
 * The query of the page of users that comes nearest to whom a cause hits: all who wait, or all with the code that their apps
 * report because of it. undefined: no filter does; of a target for instance the list does not say who has it.
 */
export function affectedFilter({ code, failure }: Pick<DiagnosisItem, 'code' | 'failure'>): string | undefined {
  if (code === 'credential_pending') return 'status=pending';
  if (failure === null || failure.code === null) return undefined;
  return `status=sip_error&code=${failure.code}`;
}
