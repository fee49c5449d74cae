import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { answer, api } from '../../../api/client';
import { useTexts } from '../../../language/language-context';
import { useConnector } from '../../../session/connector';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Confirm } from '../../../shell/asking/confirm';
import { SettingsGroup } from '../form/group';
import { Stored } from '../form/stored';
import { useAction } from '../form/use-action';
import { END_TEXTS } from '../texts/end-texts';

const HISTORY = { actions: ['service_client.added', 'service_client.rotated', 'service_client.removed'] };

export function ServiceClientGroup() {
  const { serviceClient: texts } = useTexts(END_TEXTS);
  const connector = useConnector();
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={connector}>
        {({ cloudlink: { grants } }) => (
          <ServiceClientForm
            isLinked={grants.some(({ state }) => state === 'active')}
            isInUse={grants.some(({ state, kind }) => state === 'active' && kind === 'service_client')}
          />
        )}
      </Stored>
    </SettingsGroup>
  );
}

function ServiceClientForm({ isLinked, isInUse }: { isLinked: boolean; isInUse: boolean }) {
  const { serviceClient: texts } = useTexts(END_TEXTS);
  const params = useConnectorPath();
  const [isAsking, setAsking] = useState(false);
  const touches = ['connector'];
  const switchOn = useAction(async (how: 'on' | 'renewed') => {
    await answer(api.PUT('/v1/connectors/{connectorId}/service-client', { params }));
    return how;
  }, touches);
  const switchOff = useAction(
    () => answer(api.DELETE('/v1/connectors/{connectorId}/service-client', { params })),
    touches,
  );
  const on = (how: 'on' | 'renewed'): void => {
    switchOff.reset();
    switchOn.mutate(how);
  };
  const state = isInUse ? texts.inUse : isLinked ? texts.notInUse : texts.notLinked;
  const done = switchOn.isSuccess ? texts[switchOn.data] : switchOff.isSuccess ? texts.off : undefined;
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {done ?? state}
      </Text>
      {[switchOn, switchOff].map(({ error }, index) => error !== null && <ProblemAlert key={index} error={error} />)}
      {isLinked && (
        <Group>
          <Button variant="default" loading={switchOn.isPending} onClick={() => on(isInUse ? 'renewed' : 'on')}>
            {isInUse ? texts.renew : texts.switchOn}
          </Button>
          {isInUse && (
            <Button variant="default" loading={switchOff.isPending} onClick={() => setAsking(true)}>
              {texts.switchOff}
            </Button>
          )}
        </Group>
      )}
      <Confirm
        opened={isAsking}
        title={texts.switchOffTitle}
        confirm={texts.switchOff}
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          switchOn.reset();
          switchOff.mutate();
        }}
      >
        {texts.switchOffText}
      </Confirm>
    </Stack>
  );
}
