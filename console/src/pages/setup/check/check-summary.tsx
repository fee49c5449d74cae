import { Alert, Text } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import { CHECK_TEXTS } from './texts';
import type { Preflight } from './use-preflight';

const STATES = ['failed', 'warning', 'manual', 'unknown', 'ok'] as const;

/** All checks in a line, and what follows from them. */
export function CheckSummary({
  preflight: { counts },
  isSynced,
}: {
  preflight: Pick<Preflight, 'counts'>;
  isSynced: boolean;
}) {
  const texts = useTexts(CHECK_TEXTS);
  const numbers = STATES.filter((state) => counts[state] > 0).map((state) => texts.counted[state](counts[state]));
  const isGood = counts.failed + counts.warning === 0;
  return (
    <Alert color={counts.failed > 0 ? 'red' : isGood ? 'green' : 'yellow'} role="status">
      <Text fw={600}>{numbers.join(' · ')}</Text>
      <Text size="sm">{counts.failed > 0 ? texts.failed : isGood ? texts.good : texts.warnings}</Text>
      {!isSynced && <Text size="sm">{texts.usersLater}</Text>}
    </Alert>
  );
}
