import { Anchor, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import classes from '../overview.module.css';
import { OVERVIEW_TEXTS } from '../texts';
import { ToneBadge, type Tone } from '../tone';
import type { DiagnosisItem } from '../types';
import { affectedFilter } from './affected-filter';
import { DIAGNOSIS_TEXTS } from './diagnosis-texts';

const TONES: Record<DiagnosisItem['severity'], Tone> = { error: 'bad', warning: 'warn', info: 'blue' };

/** One cause: how bad, whom it hits, what shows it and what to do. */
export function DiagnosisEntry({ item }: { item: DiagnosisItem }) {
  const texts = useTexts(DIAGNOSIS_TEXTS);
  const { users } = useTexts(OVERVIEW_TEXTS);
  const { number, instant } = useFormats();
  const count = (value: number): string => users(value, number(value));
  const { usersAffected, usersFailing, since } = item;
  const facts = [
    usersAffected > 0 ? texts.hit(count(usersAffected)) : undefined,
    usersFailing > 0 ? texts.failing(count(usersFailing)) : undefined,
    since === null ? undefined : texts.since(instant(since)),
  ].filter((fact) => fact !== undefined);
  return (
    <Card withBorder component="li">
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={3} size="h5" className={classes['long'] ?? ''}>
            {item.title}
          </Title>
          <ToneBadge tone={TONES[item.severity]}>{texts.severities[item.severity]}</ToneBadge>
        </Group>
        {facts.length > 0 && (
          <Text size="sm" fw={600}>
            {facts.join(' · ')}
          </Text>
        )}
        {item.evidence.length > 0 && (
          <List size="sm" className={classes['long'] ?? ''}>
            {item.evidence.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        )}
        <Text size="sm">
          <Text span inherit fw={600}>
            {texts.nextStep}
          </Text>
          {item.nextStep}
        </Text>
        <Affected item={item} />
      </Stack>
    </Card>
  );
}

function Affected({ item }: { item: DiagnosisItem }) {
  const texts = useTexts(DIAGNOSIS_TEXTS);
  const filter = affectedFilter(item);
  if (item.users.length === 0) return null;
  return (
    <Group gap="xs">
      <Text size="sm">{texts.first}</Text>
      {item.users.map((email) => (
        <Anchor
          key={email}
          size="sm"
          underline="always"
          href={`#/users/${encodeURIComponent(email)}`}
          className={classes['long'] ?? ''}
        >
          {email}
        </Anchor>
      ))}
      {filter !== undefined && (
        <Anchor size="sm" fw={600} underline="always" href={`#/users?${filter}`}>
          {item.code === 'credential_pending' ? texts.allPending : texts.allWithCode(item.failure?.code ?? 0)}
        </Anchor>
      )}
    </Group>
  );
}
