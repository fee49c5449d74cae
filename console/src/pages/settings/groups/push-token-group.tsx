import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../../api/client';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { Confirm } from '../../../shell/asking/confirm';
import { SettingsGroup } from '../form/group';
import { lastChangeQuery } from '../form/last-change-query';
import { SecretModal } from '../form/secret-modal';
import { useAction } from '../form/use-action';
import { DEVICE_TEXTS } from '../texts/device-texts';

const HISTORY = { actions: ['push_token.created', 'push_token.revoked'] };

/** Only the hash of a token is kept, so that there is nothing to show but whether there is one: the audit knows. */
export function PushTokenGroup() {
  const { pushToken: texts } = useTexts(DEVICE_TEXTS);
  const { relative, instant } = useFormats();
  const params = useConnectorPath();
  const { data: last } = useQuery(lastChangeQuery(params.path.connectorId, HISTORY));
  const [isAsking, setAsking] = useState<'make' | 'revoke'>();
  const make = useAction(() => answer(api.PUT('/v1/connectors/{connectorId}/push-token', { params })), []);
  const revoke = useAction(() => answer(api.DELETE('/v1/connectors/{connectorId}/push-token', { params })), []);
  const isThere = last?.action === 'push_token.created';
  // As long as the audit has not been read there may be one.
  const mayBeThere = isThere || last === undefined;
  const previous = make.data?.previousUntil;
  const begin = (what: 'make' | 'revoke'): void => {
    setAsking(undefined);
    make.reset();
    revoke.reset();
    if (what === 'make') make.mutate();
    else revoke.mutate();
  };
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stack gap="sm">
        {last !== undefined && (
          <Text size="sm" role="status">
            {revoke.isSuccess ? texts.revoked : isThere ? texts.present(relative(last.at)) : texts.absent}
          </Text>
        )}
        {[make, revoke].map(({ error }, index) => error !== null && <ProblemAlert key={index} error={error} />)}
        <Group>
          <Button
            variant="default"
            loading={make.isPending}
            onClick={() => (mayBeThere ? setAsking('make') : begin('make'))}
          >
            {texts.make}
          </Button>
          {isThere && (
            <Button variant="default" loading={revoke.isPending} onClick={() => setAsking('revoke')}>
              {texts.revoke}
            </Button>
          )}
        </Group>
      </Stack>
      <Confirm
        opened={isAsking === 'make'}
        title={texts.makeTitle}
        confirm={texts.make}
        isDangerous={false}
        onCancel={() => setAsking(undefined)}
        onConfirm={() => begin('make')}
      >
        {texts.makeText}
      </Confirm>
      <Confirm
        opened={isAsking === 'revoke'}
        title={texts.revokeTitle}
        confirm={texts.revoke}
        onCancel={() => setAsking(undefined)}
        onConfirm={() => begin('revoke')}
      >
        {texts.revokeText}
      </Confirm>
      <SecretModal secret={make.data?.token} title={texts.newTitle} label={texts.label} onClose={() => make.reset()}>
        {[
          texts.newText,
          ...(previous === undefined || previous === null ? [] : [texts.previous(instant(previous))]),
        ].join(' ')}
      </SecretModal>
    </SettingsGroup>
  );
}
