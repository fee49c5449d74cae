import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import { Confirm } from '../../shell/asking/confirm';
import { ImportCounts } from './import-counts-table';
import { ImportProblems } from './import-problems';
import { changesOf, type ImportResult } from './import-result';
import { ADD_TEXTS } from './texts';

interface ImportOutcomeProps {
  file: File;
  result: ImportResult;
  onApply: (skipInvalid: boolean) => void;
}

/** What a file would do, with the button that does it; or what it has done. */
export function ImportOutcome({ file, result, onApply }: ImportOutcomeProps) {
  const { result: texts } = useTexts(ADD_TEXTS);
  const { number } = useFormats();
  const [isAsking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone: on to what it came to.
  useEffect(() => heading.current?.focus(), [result]);
  const { applied, usable, invalid, removed } = result;
  const canApply = !applied && usable && changesOf(result) > 0;
  const apply = (): void => {
    setAsking(false);
    onApply(invalid > 0);
  };
  return (
    <Stack gap="md" align="stretch">
      <Title order={3} size="h5" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {applied ? texts.doneTitle : !usable ? texts.unusableTitle : canApply ? texts.wouldTitle : texts.nothingTitle}
      </Title>
      {usable && <ImportCounts result={result} />}
      {canApply && (
        <Group>
          <Button onClick={() => (removed > 0 ? setAsking(true) : apply())}>
            {invalid > 0 ? texts.applyWithout(number(invalid)) : texts.apply}
          </Button>
        </Group>
      )}
      {applied && (
        <Group gap="md">
          <Anchor href="#/users">{texts.toUsers}</Anchor>
          <Anchor href="#/audit?action=users.imported">{texts.toAudit}</Anchor>
        </Group>
      )}
      {result.problems.length > 0 && <ImportProblems file={file} result={result} />}
      <Text size="xs" c="dimmed">
        {texts.read(number(result.lines), result.encoding, texts.separators[result.separator] ?? result.separator)}{' '}
        {result.ignoredColumns.length > 0 && texts.ignored(result.ignoredColumns.join(', '))}
      </Text>
      <Confirm
        opened={isAsking}
        title={texts.removesTitle}
        confirm={texts.apply}
        onCancel={() => setAsking(false)}
        onConfirm={apply}
      >
        {texts.removes(number(removed))}
      </Confirm>
    </Stack>
  );
}
