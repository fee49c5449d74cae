import { Badge } from '@mantine/core';

/** How a state is meant; the words beside it say the same. */
export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'blue';

const COLOURS: Record<Tone, string> = { good: 'green', warn: 'orange', bad: 'red', calm: 'gray', blue: 'blue' };

/** A state in a word. */
export function ToneBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Badge color={COLOURS[tone]} variant="outline" tt="none" style={{ flexShrink: 0 }} c="var(--mantine-color-text)">
      {children}
    </Badge>
  );
}
