import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import type { Provider } from '../../../session/provider';
import type { Connector } from '../../../session/connector';
import { SHELL_TEXTS } from '../../../shell/texts';
import { StateMark } from '../state-mark';
import classes from './connect.module.css';
import { CONNECT_TEXTS } from './texts';

/** One side of the connector: whose authorisation stands for it, with which role. */
export function SideCard({ connector, provider }: { connector: Connector; provider: Provider }) {
  const texts = useTexts(CONNECT_TEXTS);
  const { providers } = useTexts(SHELL_TEXTS);
  const side = connector[provider];
  const active = side.grants.find(({ state }) => state === 'active');
  const facts =
    active === undefined
      ? []
      : [
          [texts.account, side.accountId ?? ''],
          [texts.admin, active.kind === 'service_client' ? texts.serviceClient : active.admin],
          [texts.role, texts.roleChecked(active.role)],
        ];
  return (
    <Card withBorder component="section" aria-labelledby={`side-${provider}`}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h4" id={`side-${provider}`}>
            {providers[provider]}
          </Title>
          {active === undefined ? (
            <StateMark kind="open">{side.accountId === null ? texts.missing : texts.lost}</StateMark>
          ) : (
            <StateMark kind={active.atRisk === null ? 'good' : 'warning'}>{texts.authorised}</StateMark>
          )}
        </Group>
        {facts.length > 0 && (
          <dl className={classes['facts']}>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {active !== undefined && active.atRisk !== null && <Text size="sm">{texts.atRisk}</Text>}
      </Stack>
    </Card>
  );
}
