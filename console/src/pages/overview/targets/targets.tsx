import { Card, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Waiting } from '../../../shell/waiting';
import classes from '../overview.module.css';
import { targetsQuery } from '../queries';
import { Section } from '../section';
import { TargetRow } from './target-row';
import { TARGET_TEXTS } from './target-texts';

/** Where users register, and how that looks from the service. */
export function Targets() {
  const texts = useTexts(TARGET_TEXTS);
  const [said, setSaid] = useState('');
  const { data, error, refetch } = useQuery(targetsQuery(useConnectorPath()));
  return (
    <Section id="targets" title={texts.title} half="wide">
      {error !== null && data === undefined && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Waiting />}
      {data !== undefined && (
        <Card withBorder padding={0}>
          {data.length === 0 && (
            <Text size="sm" p="md">
              {texts.none}
            </Text>
          )}
          <Stack component="ul" gap={0} className={classes['list'] ?? ''}>
            {data.map((target) => (
              <TargetRow key={target.id} target={target} onChecked={setSaid} />
            ))}
          </Stack>
        </Card>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Section>
  );
}
