import { Group, Text } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import classes from '../overview.module.css';
import { SHOWN_STATUSES, STATUS_TONES, type ShownStatus } from './statuses';
import { USER_TEXTS } from './user-texts';

/** The lines differ without their colours. */
export const LINE_DASHES: Record<ShownStatus, string> = {
  registered: 'none',
  inactive: '8 4',
  pending: '2 4',
  sip_error: '10 3 2 3',
};

/** Which line is which. */
export function LineLegend() {
  const texts = useTexts(USER_TEXTS);
  return (
    <Group gap="md" aria-hidden>
      {SHOWN_STATUSES.map((status) => (
        <Group key={status} gap={6} wrap="nowrap" className={classes[STATUS_TONES[status]] ?? ''}>
          <svg width="32" height="8">
            <line
              x1="0"
              y1="4"
              x2="32"
              y2="4"
              stroke="var(--tone)"
              strokeWidth="2"
              strokeDasharray={LINE_DASHES[status]}
            />
          </svg>
          <Text size="sm">{texts.statuses[status]}</Text>
        </Group>
      ))}
    </Group>
  );
}
