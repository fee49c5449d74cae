import { Card, SimpleGrid, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { Waiting } from '../../../shell/waiting';
import classes from '../overview.module.css';
import { Section } from '../section';
import type { Connector } from '../types';
import { SHOWN_STATUSES, STATUS_TONES } from './statuses';
import { USER_TEXTS } from './user-texts';

const StatusChart = lazy(() => import('./status-chart'));

/** Users per status, now and before. */
export function UserFigures({ users }: { users: Connector['users'] }) {
  const texts = useTexts(USER_TEXTS);
  const { number } = useFormats();
  return (
    <Section id="users" title={texts.title} half="widest">
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        {SHOWN_STATUSES.map((status) => (
          <Card
            key={status}
            withBorder
            component="a"
            href={`#/users?status=${status}`}
            className={`${classes['figure'] ?? ''} ${classes[STATUS_TONES[status]] ?? ''}`}
          >
            <Text span size="xl" fw={700} lh={1.2}>
              {number(users[status])}
            </Text>
            <Text span size="sm">
              {texts.statuses[status]}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
      <Suspense fallback={<Waiting />}>
        <StatusChart />
      </Suspense>
    </Section>
  );
}
