import { Table } from '@mantine/core';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import { countsOf } from './import-counts';
import type { ImportResult } from './import-result';
import { ADD_TEXTS } from './texts';

/** The numbers of an import, by what would happen or has happened. */
export function ImportCounts({ result }: { result: ImportResult }) {
  const { result: texts } = useTexts(ADD_TEXTS);
  const { number } = useFormats();
  const words = result.applied ? texts.done : texts.would;
  return (
    <Table withRowBorders>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.what}</Table.Th>
          <Table.Th ta="right">{texts.count}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {countsOf(result).map(({ key, count }) => (
          <Table.Tr key={key}>
            <Table.Td>{words[key]}</Table.Td>
            <Table.Td ta="right">{number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
