import { Button, CloseButton, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

interface RowsEditorProps<T> {
  /** Of the list. */
  label: string;
  rows: readonly T[];
  empty: T;
  max: number;
  texts: { add: string; remove: (place: number) => string; none: string };
  onChange: (rows: T[]) => void;
  /** The fields of one row. */
  children: (row: T, index: number, change: (row: T) => void) => ReactNode;
}

/** A list whose rows are typed in. A new row takes the focus, and a removed one hands it to its neighbour. */
export function RowsEditor<T>({ label, rows, empty, max, texts, onChange, children }: RowsEditorProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const focusOn = useRef<{ row: number; part: 'input' | 'button' }>(undefined);
  useEffect(() => {
    if (focusOn.current === undefined) return;
    const { row, part } = focusOn.current;
    focusOn.current = undefined;
    const place = list.current?.children[Math.min(row, rows.length - 1)];
    (place?.querySelector<HTMLElement>(part) ?? addButton.current)?.focus();
  }, [rows.length]);
  return (
    <Stack gap="xs">
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {texts.none}
        </Text>
      )}
      <ul ref={list} aria-label={label} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {rows.map((row, index) => (
          <Group key={index} component="li" gap="xs" align="flex-start" wrap="nowrap" mb="xs">
            {children(row, index, (changed) => onChange(rows.map((other, at) => (at === index ? changed : other))))}
            <CloseButton
              aria-label={texts.remove(index + 1)}
              mt={3}
              onClick={() => {
                focusOn.current = { row: index, part: 'button' };
                onChange(rows.filter((_, at) => at !== index));
              }}
            />
          </Group>
        ))}
      </ul>
      {rows.length < max && (
        <Group>
          <Button
            ref={addButton}
            variant="default"
            size="xs"
            onClick={() => {
              focusOn.current = { row: rows.length, part: 'input' };
              onChange([...rows, empty]);
            }}
          >
            {texts.add}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
