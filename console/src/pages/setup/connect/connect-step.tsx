import { Button, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import type { Connector } from '../../../session/connector';
import { useSession } from '../../../session/session-context';
import { useAuthorise } from '../../../session/use-authorise';
import { useAuthoriseLink } from '../../../session/use-authorise-link';
import { AuthoriseNotice } from '../../../shell/authorise-notice';
import { ColleagueLink } from '../../../shell/colleague-link';
import { ProblemAlert } from '../../../shell/problem-alert';
import { SHELL_TEXTS } from '../../../shell/texts';
import { missingSides } from '../setup-step';
import { SideCard } from './side-card';
import { CONNECT_TEXTS } from './texts';

/** The side that is still missing: by this admin in a window, or by a colleague with a link. */
export function ConnectStep({ connector }: { connector: Connector }) {
  const texts = useTexts(CONNECT_TEXTS);
  const { providers } = useTexts(SHELL_TEXTS);
  const { admin } = useSession();
  const authorise = useAuthorise();
  const [missing] = missingSides(connector, admin.provider);
  const { data: link, error, refetch } = useAuthoriseLink(missing);
  const name = missing === undefined ? '' : providers[missing];
  const isIdle = authorise.state.name === 'idle' || authorise.state.name === 'done';
  return (
    <Stack>
      {missing === undefined ? (
        <Text>{texts.connected}</Text>
      ) : (
        <div>
          <Text>{connector[missing].accountId === null ? texts.explain[missing] : texts.again(name)}</Text>
          <Text size="sm">{texts.needs[missing]}</Text>
        </div>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <SideCard connector={connector} provider="zoom" />
        <SideCard connector={connector} provider="cloudlink" />
      </SimpleGrid>
      {missing === undefined ? (
        <Button component="a" href="#/setup/check" style={{ alignSelf: 'flex-start' }}>
          {texts.goOn}
        </Button>
      ) : (
        <>
          {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
          {isIdle && (
            <Stack gap={4} align="flex-start">
              <Button
                size="md"
                disabled={link === undefined}
                onClick={() => link !== undefined && authorise.begin(missing, link.url)}
              >
                {texts.connect(name)}
              </Button>
              <Text size="sm">{texts.window}</Text>
            </Stack>
          )}
          <AuthoriseNotice authorise={authorise} />
          <Card withBorder component="section" aria-labelledby="colleague">
            <Stack gap="xs">
              <Title order={3} size="h5" id="colleague">
                {texts.colleague(name)}
              </Title>
              <Text size="sm">{texts.colleagueText}</Text>
              <ColleagueLink provider={missing} />
            </Stack>
          </Card>
        </>
      )}
    </Stack>
  );
}
