import { Table } from '@mantine/core';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import classes from '../overview.module.css';
import type { Sample } from './chart-points';
import { SHOWN_STATUSES } from './statuses';
import { USER_TEXTS } from './user-texts';

/** The figures of the chart, the newest first. */
export function SampleTable({ samples }: { samples: readonly Sample[] }) {
  const texts = useTexts(USER_TEXTS);
  const { instant, number } = useFormats();
  return (
    <div className={classes['table']} role="region" aria-label={texts.overTime} tabIndex={0}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{texts.at}</Table.Th>
            {SHOWN_STATUSES.map((status) => (
              <Table.Th key={status} scope="col" ta="right">
                {texts.statuses[status]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {samples.toReversed().map((sample) => (
            <Table.Tr key={sample.at}>
              <Table.Th scope="row" fw={400}>
                {instant(sample.at)}
              </Table.Th>
              {SHOWN_STATUSES.map((status) => (
                <Table.Td key={status} ta="right">
                  {number(sample[status])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
