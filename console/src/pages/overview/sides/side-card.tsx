import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../../language/language-context';
import type { Provider } from '../../../session/provider';
import classes from '../overview.module.css';
import { OVERVIEW_TEXTS } from '../texts';
import type { Side } from '../types';
import { GrantRow } from './grant-row';
import { SIDE_TEXTS } from './side-texts';
import { StandbyLink } from './standby-link';

/** One account, and the authorisations that were given there: the one in use, those that stand by, and those that ended. */
export function SideCard({ provider, side, mayAdd }: { provider: Provider; side: Side; mayAdd: boolean }) {
  const texts = useTexts(SIDE_TEXTS);
  const { providers } = useTexts(OVERVIEW_TEXTS);
  const [showsDead, setShowsDead] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const alive = side.grants.filter(({ state }) => state !== 'dead');
  const dead = side.grants.filter(({ state }) => state === 'dead');
  const active = alive.find(({ state }) => state === 'active');
  const lacksReserve = active?.kind === 'admin' && alive.length === 1;
  const id = `side-${provider}`;
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Stack gap="sm" h="100%">
        <div>
          <Title order={3} size="h4" id={id}>
            {providers[provider]}
          </Title>
          <Text size="sm" c="dimmed" className={classes['long'] ?? ''}>
            {side.accountId === null ? texts.noAccount : texts.account(side.accountId)}
          </Text>
        </div>
        {active === undefined && <Text size="sm">{texts.nobody}</Text>}
        <Stack component="ul" gap="xs" className={classes['list'] ?? ''}>
          {[...alive, ...(showsDead ? dead : [])].map((grant) => (
            <GrantRow key={grant.id} grant={grant} provider={provider} />
          ))}
        </Stack>
        {lacksReserve && <Text size="sm">{texts.noStandby}</Text>}
        <Group mt="auto" gap="xs">
          {mayAdd && side.accountId !== null && (
            <Button variant="default" size="xs" onClick={() => setAdding(true)}>
              {texts.addStandby}
            </Button>
          )}
          {dead.length > 0 && (
            <Button
              variant="subtle"
              size="xs"
              aria-expanded={showsDead}
              onClick={() => setShowsDead((shown) => !shown)}
            >
              {texts.dead(dead.length)}
            </Button>
          )}
        </Group>
      </Stack>
      <StandbyLink provider={provider} opened={isAdding} onClose={() => setAdding(false)} />
    </Card>
  );
}
