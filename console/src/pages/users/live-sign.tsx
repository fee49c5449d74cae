import { Group, Text } from '@mantine/core';
import { useTexts } from '../../language/language-context';
import type { StreamState } from './live/status-stream';
import classes from './live-sign.module.css';
import { USERS_TEXTS } from './texts';

/** Whether what is shown changes by itself. */
export function LiveSign({ state }: { state: StreamState }) {
  const texts = useTexts(USERS_TEXTS);
  return (
    <Group gap={6} wrap="nowrap" role="status">
      <span aria-hidden className={classes['dot']} data-state={state} />
      <Text size="sm">{texts[state]}</Text>
    </Group>
  );
}
