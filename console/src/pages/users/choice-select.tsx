import { NativeSelect, type NativeSelectProps } from '@mantine/core';

interface ChoiceSelectProps extends Omit<NativeSelectProps, 'value' | 'onChange' | 'data'> {
  /** What is said when nothing is chosen. */
  any: string;
  value: string | undefined;
  choices: readonly { value: string; label: string }[];
  onValue: (value: string | undefined) => void;
}

/** One of some words, or none. A word of a link that is no choice any more is shown all the same: it is what filters. */
export function ChoiceSelect({ any, value, choices, onValue, ...input }: ChoiceSelectProps) {
  const isKnown = value === undefined || choices.some((choice) => choice.value === value);
  return (
    <NativeSelect
      {...input}
      value={value ?? ''}
      onChange={({ currentTarget }) => onValue(currentTarget.value === '' ? undefined : currentTarget.value)}
      data={[{ value: '', label: any }, ...choices, ...(isKnown ? [] : [{ value, label: value }])]}
    />
  );
}
