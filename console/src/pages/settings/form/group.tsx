import { Card, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { LastChange } from './last-change';
import type { ChangeFilter } from './last-change-query';

interface GroupProps {
  title: string;
  purpose: string;
  /** By which entries of the audit a change of this group is known; none for what is never seen again afterwards. */
  history?: ChangeFilter;
  isDangerous?: boolean;
  children: ReactNode;
}

/** One thing that can be set: what it is, what it is for, its form, and who changed it last. */
export function SettingsGroup({ title, purpose, history, isDangerous = false, children }: GroupProps) {
  const id = useId();
  return (
    <Card
      component="section"
      aria-labelledby={id}
      withBorder
      padding="lg"
      {...(isDangerous ? { style: { borderColor: 'var(--mantine-color-error)' } } : {})}
    >
      <Stack gap="md">
        <Stack gap={4}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          <Text size="sm">{purpose}</Text>
        </Stack>
        {children}
        {history !== undefined && <LastChange filter={history} />}
      </Stack>
    </Card>
  );
}
