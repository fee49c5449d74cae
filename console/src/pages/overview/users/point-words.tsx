import { Paper, Text } from '@mantine/core';
import type { TooltipContentProps } from 'recharts';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import type { ChartPoint } from './chart-points';
import { SHOWN_STATUSES } from './statuses';
import { USER_TEXTS } from './user-texts';

/** The figures under the pointer. */
export function PointWords({ active, payload }: Partial<Pick<TooltipContentProps, 'active' | 'payload'>>) {
  const texts = useTexts(USER_TEXTS);
  const { instant, number } = useFormats();
  const point = payload?.[0]?.payload as ChartPoint | undefined;
  if (active !== true || point === undefined) return null;
  return (
    <Paper withBorder p="xs" shadow="sm">
      <Text size="sm" fw={600}>
        {instant(new Date(point.time).toISOString())}
      </Text>
      {SHOWN_STATUSES.map((status) => (
        <Text key={status} size="sm">
          {`${number(point[status] ?? 0)} ${texts.statuses[status]}`}
        </Text>
      ))}
    </Paper>
  );
}
