import { Anchor, Button, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import type { Connector } from '../../../session/connector';
import { StandbyInvite } from './standby-invite';
import { StatusCounts } from './status-counts';
import { DONE_TEXTS } from './texts';

/** What has come of it, and what people have to do now. */
export function DoneStep({ connector: { users } }: { connector: Connector }) {
  const texts = useTexts(DONE_TEXTS);
  const { number } = useFormats();
  const count = users.pending + users.inactive + users.registered + users.sip_error;
  return (
    <Stack>
      <Text>{count === 0 ? texts.nobody : texts.lead(number(count))}</Text>
      <StatusCounts users={users} />
      <Title order={3} size="h4">
        {texts.next}
      </Title>
      <Group>
        <Button component="a" href="#/users">
          {texts.users}
        </Button>
        <Text size="sm">{texts.usersText}</Text>
      </Group>
      <Todo title={texts.apps}>
        <List type="ordered" size="sm" spacing={4}>
          {texts.appSteps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
      </Todo>
      <Todo title={texts.standby}>
        <Text size="sm">{texts.standbyText}</Text>
        <StandbyInvite />
      </Todo>
      <Todo title={texts.alerts}>
        <Text size="sm">{texts.alertsText}</Text>
        <Anchor size="sm" href="#/settings">
          {texts.alertsLink}
        </Anchor>
      </Todo>
      <Anchor href="#/">{texts.overview}</Anchor>
    </Stack>
  );
}

function Todo({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Title order={4} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  );
}
