import { Button, FileButton, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type DragEvent } from 'react';
import { download } from '../../api/download';
import { useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import { ProblemAlert } from '../../shell/problem-alert';
import classes from './add.module.css';
import { ADD_TEXTS } from './texts';

interface ChooseFileProps {
  isOther: boolean;
  isBusy: boolean;
  onChoose: (file: File) => void;
}

/** A button, or the mouse: what is dropped here is chosen. */
export function ChooseFile({ isOther, isBusy, onChoose }: ChooseFileProps) {
  const { file: texts } = useTexts(ADD_TEXTS);
  const { connectorId } = useSession();
  const [isOver, setOver] = useState(false);
  const reset = useRef<() => void>(null);
  const sample = useMutation({
    mutationFn: () => download(`/v1/connectors/${connectorId}/users/import/sample`, texts.sampleName),
  });
  const choose = (file: File | null | undefined): void => {
    // The same file may be chosen again once it is mended.
    reset.current?.();
    if (file !== null && file !== undefined && !isBusy) onChoose(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  return (
    <>
      <div
        className={classes['drop']}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Group gap="sm">
          <FileButton resetRef={reset} accept=".csv,.tsv,.txt,text/csv" onChange={choose} disabled={isBusy}>
            {(props) => (
              <Button {...props} disabled={isBusy} {...(isOther ? { variant: 'default' } : {})}>
                {isOther ? texts.chooseOther : texts.choose}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            {texts.drop}
          </Text>
        </Group>
      </div>
      <Group>
        <Button variant="subtle" size="compact-sm" loading={sample.isPending} onClick={() => sample.mutate()}>
          {texts.sample}
        </Button>
      </Group>
      {sample.error !== null && <ProblemAlert error={sample.error} />}
    </>
  );
}
