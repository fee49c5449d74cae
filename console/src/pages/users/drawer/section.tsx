import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of what is told of a user, under its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" gap="xs">
      <Title order={3} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
