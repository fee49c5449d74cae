import { Button, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Waiting } from '../../../shell/waiting';
import { SampleTable } from './sample-table';
import { USER_TEXTS } from './user-texts';

// The library that draws is as large as all the rest.
const StatusLines = lazy(() => import('./status-lines'));

const HOURS = { day: 24, week: 168, month: 720 } as const;
type Period = keyof typeof HOURS;
const PERIODS: readonly Period[] = ['day', 'week', 'month'];
const ASK_AGAIN_MS = 5 * 60_000;

/** Users per status in the last day, week or month: drawn, or the same figures as a table. */
export default function StatusChart() {
  const texts = useTexts(USER_TEXTS);
  const params = useConnectorPath();
  const [period, setPeriod] = useState<Period>('day');
  const [isTable, setTable] = useState(false);
  const hours = HOURS[period];
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['status-counts', hours],
    queryFn: () =>
      answer(api.GET('/v1/connectors/{connectorId}/status-counts', { params: { ...params, query: { hours } } })),
    refetchInterval: ASK_AGAIN_MS,
  });
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={3} size="h5">
            {texts.overTime}
          </Title>
          <Group gap="xs">
            <SegmentedControl
              size="xs"
              transitionDuration={0}
              aria-label={texts.period}
              value={period}
              onChange={setPeriod}
              data={PERIODS.map((value) => ({ value, label: texts.periods[value] }))}
            />
            <Button size="xs" variant="default" onClick={() => setTable((shown) => !shown)}>
              {isTable ? texts.asChart : texts.asTable}
            </Button>
          </Group>
        </Group>
        {error !== null && data === undefined && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <Waiting />}
        {data?.items.length === 0 && <Text size="sm">{texts.none}</Text>}
        {data !== undefined &&
          data.items.length > 0 &&
          (isTable ? (
            <SampleTable samples={data.items} />
          ) : (
            <Suspense fallback={<Waiting />}>
              <StatusLines samples={data.items} stepSeconds={data.stepSeconds} hours={hours} now={dataUpdatedAt} />
            </Suspense>
          ))}
      </Stack>
    </Card>
  );
}
