import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';

/** A pause in typing after which somebody wants to see what they have asked for. */
const PAUSE_MS = 250;

interface TypedFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string;
  onValue: (value: string) => void;
}

/** A field that tells what was typed when the typing pauses. Its letters are its own: nothing else is drawn with each. */
export function TypedField({ value, onValue, ...input }: TypedFieldProps) {
  const [typed, setTyped] = useState(value);
  const [given, setGiven] = useState(value);
  // Changed from elsewhere, by the back button say.
  if (given !== value) {
    setGiven(value);
    if (typed.trim() !== value) setTyped(value);
  }
  const wanted = typed.trim();
  const tell = (): void => {
    if (wanted !== value) onValue(wanted);
  };
  const tellLate = useEffectEvent(tell);
  useEffect(() => {
    const timer = setTimeout(() => tellLate(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  return (
    <TextInput
      {...input}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') tell();
      }}
    />
  );
}
