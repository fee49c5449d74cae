import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client';
import { addressOf } from '../../../language/address-of';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import classes from '../overview.module.css';
import { OVERVIEW_TEXTS } from '../texts';
import { ToneBadge, type Tone } from '../tone';
import type { Target } from '../types';
import { TARGET_TEXTS } from './target-texts';

const TONES: Record<Target['state'], Tone> = { ok: 'good', degraded: 'warn', down: 'bad', unknown: 'calm' };

/** One target, and a look at it now. */
export function TargetRow({ target, onChecked }: { target: Target; onChecked: (said: string) => void }) {
  const texts = useTexts(TARGET_TEXTS);
  const { path } = useConnectorPath();
  const queries = useQueryClient();
  const address = addressOf(target);
  const check = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/v1/connectors/{connectorId}/targets/{targetId}/probe', {
          params: { path: { ...path, targetId: target.id } },
        }),
      ),
    onSuccess: async (seen) => {
      onChecked(texts.checkedNow(address, texts.states[seen.state]));
      await Promise.all([['targets'], ['diagnosis']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  return (
    <Stack component="li" gap={4} p="md" className={classes['row'] ?? ''}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Text fw={600} className={classes['long'] ?? ''}>
          {`${texts.roles[target.role]} ${address}`}
        </Text>
        <ToneBadge tone={TONES[target.state]}>{texts.states[target.state]}</ToneBadge>
      </Group>
      {target.reason !== null && <Text size="sm">{texts.reasons[target.reason] ?? target.reason}</Text>}
      <Group justify="space-between" gap="xs">
        <Facts target={target} />
        <Button
          size="xs"
          variant="default"
          loading={check.isPending}
          aria-label={texts.checkNowAt(address)}
          onClick={() => check.mutate()}
        >
          {texts.checkNow}
        </Button>
      </Group>
      {check.error !== null && <ProblemAlert error={check.error} />}
    </Stack>
  );
}

function Facts({ target: { usersAffected, certificate, checkedAt } }: { target: Target }) {
  const texts = useTexts(TARGET_TEXTS);
  const { users } = useTexts(OVERVIEW_TEXTS);
  const { number, relative } = useFormats();
  const facts = [
    texts.users(users(usersAffected, number(usersAffected))),
    certificate === null
      ? undefined
      : certificate.daysLeft < 0
        ? texts.certificateOver
        : texts.certificate(certificate.daysLeft),
    checkedAt === null ? texts.neverChecked : texts.checked(relative(checkedAt)),
  ].filter((fact) => fact !== undefined);
  return (
    <Text size="sm" c="dimmed">
      {facts.join(' · ')}
    </Text>
  );
}
