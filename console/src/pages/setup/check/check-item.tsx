import { List, Stack, Text } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import { StateMark } from '../state-mark';
import classes from './check.module.css';
import { CHECK_TEXTS } from './texts';
import type { Check } from './use-preflight';

const KINDS = { ok: 'good', warning: 'warning', failed: 'bad', manual: 'look', unknown: 'open' } as const;

/** One requirement: its state, what was seen, and how it is mended. */
export function CheckItem({ check }: { check: Check }) {
  const texts = useTexts(CHECK_TEXTS);
  return (
    <List.Item className={classes['item'] ?? ''}>
      <div className={classes['row']}>
        <StateMark kind={KINDS[check.state]}>{texts.states[check.state]}</StateMark>
        <Stack gap={2} className={classes['words'] ?? ''}>
          <Text fw={600}>{check.title}</Text>
          <Text size="sm">
            {check.evidence}
            {check.isAssumption && ` ${texts.assumption}`}
          </Text>
          {check.nextStep !== null && (
            <Text size="sm">
              <strong>{texts.toDo}</strong> {check.nextStep}
            </Text>
          )}
          {check.examples.length > 0 && <Text size="sm">{texts.examples(check.examples.join(', '))}</Text>}
        </Stack>
      </div>
    </List.Item>
  );
}
