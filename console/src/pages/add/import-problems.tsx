import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { download } from '../../api/download';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import { ProblemAlert } from '../../shell/problem-alert';
import classes from './add.module.css';
import type { ImportResult } from './import-result';
import { ADD_TEXTS } from './texts';

const AT_ONCE = 20;

/** The first of what is wrong, line by line, and all of it as a file. */
export function ImportProblems({ file, result: { problems, problemsCut } }: { file: File; result: ImportResult }) {
  const { problems: texts } = useTexts(ADD_TEXTS);
  const { number } = useFormats();
  const { connectorId } = useSession();
  const [limit, setLimit] = useState(AT_ONCE);
  const shown = problems.slice(0, limit);
  // Made by the service from the file itself: the answer that is at hand has the first thousand only.
  const all = useMutation({
    mutationFn: () =>
      download(`/v1/connectors/${connectorId}/users/import?dryRun=true`, texts.fileName, {
        method: 'POST',
        headers: { accept: 'text/csv', 'content-type': 'text/csv' },
        body: file,
      }),
  });
  return (
    <Stack gap="xs">
      <Title order={4} size="h6">
        {texts.title(number(shown.length))}
      </Title>
      <Table className={classes['anywhere'] ?? ''} fz="sm">
        <Table.Thead>
          <Table.Tr>
            {[texts.line, texts.column, texts.rule, texts.value].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ line, column, code, severity, rule, value }, index) => (
            <Table.Tr key={`${line} ${code} ${index}`}>
              <Table.Td>{number(line)}</Table.Td>
              <Table.Td>{column ?? texts.whole}</Table.Td>
              <Table.Td>{severity === 'notice' ? `${texts.notice} ${rule}` : rule}</Table.Td>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {problemsCut && (
        <Text size="sm" c="dimmed">
          {texts.more}
        </Text>
      )}
      <Group gap="sm">
        {shown.length < problems.length && (
          <Button variant="default" size="xs" onClick={() => setLimit((before) => before + 100)}>
            {texts.showAll}
          </Button>
        )}
        <Button variant="default" size="xs" loading={all.isPending} onClick={() => all.mutate()}>
          {texts.download}
        </Button>
      </Group>
      {all.error !== null && <ProblemAlert error={all.error} />}
    </Stack>
  );
}
