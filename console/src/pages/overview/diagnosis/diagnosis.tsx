import { Button, Card, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Waiting } from '../../../shell/waiting';
import classes from '../overview.module.css';
import { diagnosisQuery } from '../queries';
import { Section } from '../section';
import { OVERVIEW_TEXTS } from '../texts';
import { DiagnosisEntry } from './diagnosis-entry';
import { DIAGNOSIS_TEXTS } from './diagnosis-texts';

const SHOWN = 5;

/** What is wrong, the worst first, and what to do about it. */
export function Diagnosis() {
  const texts = useTexts(DIAGNOSIS_TEXTS);
  const { showAll } = useTexts(OVERVIEW_TEXTS);
  const [showsAll, setShowsAll] = useState(false);
  const { data, error, refetch } = useQuery(diagnosisQuery(useConnectorPath()));
  const items = data?.items ?? [];
  return (
    <Section id="diagnosis" title={texts.title} half="widest">
      {error !== null && data === undefined && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Waiting />}
      {data !== undefined && items.length === 0 && (
        <Card withBorder>
          <Text size="sm">{texts.nothing}</Text>
        </Card>
      )}
      {items.length > 0 && (
        <Stack component="ul" gap="sm" className={classes['list'] ?? ''}>
          {items.slice(0, showsAll ? items.length : SHOWN).map((item) => (
            <DiagnosisEntry
              key={`${item.code} ${item.target?.id ?? ''} ${item.title} ${item.users[0] ?? ''}`}
              item={item}
            />
          ))}
        </Stack>
      )}
      {items.length > SHOWN && !showsAll && (
        <Button variant="default" onClick={() => setShowsAll(true)}>
          {showAll(items.length)}
        </Button>
      )}
    </Section>
  );
}
