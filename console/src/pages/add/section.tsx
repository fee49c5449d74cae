import { Card, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

/** One of the ways to add users. */
export function Section({ title, purpose, children }: { title: string; purpose: string; children: ReactNode }) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} withBorder padding="lg">
      <Stack gap="md">
        <Stack gap={4}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          <Text size="sm">{purpose}</Text>
        </Stack>
        {children}
      </Stack>
    </Card>
  );
}
