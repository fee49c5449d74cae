import { Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './overview.module.css';

interface SectionProps {
  /** Of its heading; also where `goToSection` leads. */
  id: string;
  title: string;
  actions?: ReactNode;
  /** From which width of the window on it takes one of two columns; without: never. */
  half?: 'wide' | 'widest';
  children: ReactNode;
}

/** A part of the overview under a heading of its own. */
export function Section({ id, title, actions, half, children }: SectionProps) {
  return (
    <Stack component="section" gap="sm" aria-labelledby={id} className={classes[half ?? 'full'] ?? ''}>
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h3" id={id} tabIndex={-1} className={classes['heading'] ?? ''}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}

/** Shows a part of the page, and lets the keyboard and a screen reader go on from there. */
export function goToSection(id: string): void {
  const heading = document.getElementById(id);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
