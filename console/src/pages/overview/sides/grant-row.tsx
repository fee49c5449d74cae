import { Group, Stack, Text } from '@mantine/core';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { wordFor } from '../../../language/word-for';
import type { Provider } from '../../../session/provider';
import classes from '../overview.module.css';
import { OVERVIEW_TEXTS } from '../texts';
import { ToneBadge, type Tone } from '../tone';
import type { Grant } from '../types';
import { reasonClause, REASON_TEXTS } from './reason-texts';
import { SIDE_TEXTS } from './side-texts';

const TONES: Record<Grant['state'], Tone> = { active: 'good', standby: 'blue', dead: 'calm' };

/** Who authorised, as what, since when, and how it stands with it. */
export function GrantRow({ grant, provider }: { grant: Grant; provider: Provider }) {
  const texts = useTexts(SIDE_TEXTS);
  const reasons = useTexts(REASON_TEXTS);
  const { providers } = useTexts(OVERVIEW_TEXTS);
  const { date, relative } = useFormats();
  const { state, atRisk, deadReason, deadAt, checkedAt } = grant;
  const facts = [
    grant.kind === 'admin' ? (wordFor(texts.roles, grant.role) ?? grant.role) : undefined,
    texts.since(date(grant.authorisedAt)),
    state === 'dead'
      ? deadAt === null
        ? undefined
        : texts.ended(date(deadAt))
      : checkedAt === null
        ? undefined
        : texts.checked(relative(checkedAt)),
  ].filter((fact) => fact !== undefined && fact !== '');
  const code = state === 'dead' ? deadReason : (atRisk?.reason ?? null);
  return (
    <Stack component="li" gap={2}>
      <Group gap="xs" justify="space-between" align="flex-start">
        <Text fw={600} className={classes['long'] ?? ''}>
          {grant.kind === 'admin' ? grant.admin : texts.serviceClient(grant.admin)}
        </Text>
        {atRisk === null || state === 'dead' ? (
          <ToneBadge tone={TONES[state]}>{texts.states[state]}</ToneBadge>
        ) : (
          <ToneBadge tone="warn">{`${texts.states[state]} · ${texts.atRisk}`}</ToneBadge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {facts.join(' · ')}
      </Text>
      {code !== null && (
        <Text size="sm" className={classes['long'] ?? ''}>
          {`${reasonClause(reasons, code, { admin: grant.admin, provider: providers[provider] })}.`}
        </Text>
      )}
    </Stack>
  );
}
