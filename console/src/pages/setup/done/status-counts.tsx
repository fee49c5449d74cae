import { Anchor, Card, SimpleGrid, Text } from '@mantine/core';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import type { Connector } from '../../../session/connector';
import { DONE_TEXTS, type Shown } from './texts';

const SHOWN: readonly Shown[] = ['pending', 'inactive', 'registered', 'sip_error'];

/** How many users are in which status, each a way to them. */
export function StatusCounts({ users }: { users: Connector['users'] }) {
  const texts = useTexts(DONE_TEXTS);
  const { number } = useFormats();
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      {SHOWN.map((status) => (
        <Card key={status} withBorder padding="sm">
          <Text size="xl" fw={700}>
            {number(users[status])}
          </Text>
          <Anchor href={`#/users?status=${status}`} fw={600}>
            {texts.status[status]}
          </Anchor>
          <Text size="sm">{texts.meaning[status]}</Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}
