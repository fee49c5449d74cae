import { Button, Card, Group, List, Loader, Stack, Text, Title } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import type { Connector } from '../../../session/connector';
import { ProblemAlert } from '../../../shell/problem-alert';
import { CHECK_GROUPS, GROUP_OF } from './check-groups';
import { CheckItem } from './check-item';
import { CheckSummary } from './check-summary';
import { isBeforeSync } from './look-again';
import { CHECK_TEXTS } from './texts';
import { useLookAgain } from './use-look-again';
import { usePreflight } from './use-preflight';

/** What the customer has to prepare, and whether it is. Nothing here holds anybody up. */
export function CheckStep({ connector }: { connector: Connector }) {
  const texts = useTexts(CHECK_TEXTS);
  const { instant } = useFormats();
  const { data: preflight, dataUpdatedAt, error, refetch } = usePreflight();
  const { isLooking, lookAgain } = useLookAgain(dataUpdatedAt, refetch);
  const { syncedAt } = connector;
  // A sync has ended since: now the users can be judged. Where looking fails, a person decides when to try again.
  const isDue = preflight !== undefined && error === null && !isLooking && isBeforeSync(preflight, syncedAt);
  const lookByItself = useEffectEvent(lookAgain);
  useEffect(() => {
    if (isDue) lookByItself();
  }, [isDue]);
  return (
    <Stack>
      <Text>{texts.intro}</Text>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {preflight === undefined && error === null && (
        <Group role="status">
          <Loader size="sm" />
          <Text>{texts.looking}</Text>
        </Group>
      )}
      {preflight !== undefined && (
        <>
          <CheckSummary preflight={preflight} isSynced={syncedAt !== null} />
          <Group>
            <Button
              variant="default"
              onClick={lookAgain}
              disabled={isLooking}
              leftSection={isLooking ? <Loader size="xs" /> : null}
            >
              {texts.again}
            </Button>
            <Text size="sm" aria-live="polite">
              {isLooking ? texts.againWait : texts.lookedAt(instant(preflight.checkedAt))}
            </Text>
          </Group>
          {CHECK_GROUPS.map((group) => (
            <Card key={group} withBorder component="section" aria-labelledby={`checks-${group}`}>
              <Title order={3} size="h4" id={`checks-${group}`}>
                {texts.groups[group]}
              </Title>
              <List listStyleType="none" withPadding={false}>
                {preflight.items
                  .filter(({ code }) => GROUP_OF[code] === group)
                  .map((check) => (
                    <CheckItem key={check.code} check={check} />
                  ))}
              </List>
            </Card>
          ))}
        </>
      )}
      <Button component="a" href="#/setup/sync" style={{ alignSelf: 'flex-start' }}>
        {(preflight?.counts.failed ?? 0) > 0 ? texts.goOnAnyway : texts.goOn}
      </Button>
    </Stack>
  );
}
