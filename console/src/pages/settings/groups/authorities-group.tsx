import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLanguage, useTexts } from '../../../language/language-context';
import { useSession } from '../../../session/session-context';
import { Confirm } from '../../../shell/asking/confirm';
import { SettingsGroup } from '../form/group';
import { Stored } from '../form/stored';
import { useAction } from '../form/use-action';
import { TELEPHONY_TEXTS } from '../texts/telephony-texts';
import { authoritiesQuery, clearAuthorities, putAuthorities, type Authorities } from './authorities-query';
import { AuthorityList } from './authority-list';
import { FileProblem } from './file-problem';

const HISTORY = { actions: ['authorities.changed'] };

export function AuthoritiesGroup() {
  const { authorities: texts } = useTexts(TELEPHONY_TEXTS);
  const authorities = useQuery(authoritiesQuery(useSession().connectorId));
  return (
    <SettingsGroup title={texts.title} purpose={texts.purpose} history={HISTORY}>
      <Stored query={authorities}>{(stored) => <AuthoritiesForm stored={stored} />}</Stored>
    </SettingsGroup>
  );
}

function AuthoritiesForm({ stored: { certificates } }: { stored: Authorities }) {
  const { authorities: texts } = useTexts(TELEPHONY_TEXTS);
  const { language } = useLanguage();
  const { connectorId } = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [isClearing, setClearing] = useState(false);
  const resetFile = useRef<() => void>(null);
  const put = useAction(
    async (chosen: File) => putAuthorities(connectorId, await chosen.text()),
    ['authorities', 'targets'],
  );
  const clear = useAction(() => clearAuthorities(connectorId), ['authorities', 'targets']);
  const send = (chosen: File): void => {
    setFile(null);
    // The same file may be chosen again once it is mended.
    resetFile.current?.();
    clear.reset();
    put.mutate(chosen);
  };
  const hasSome = certificates.length > 0;
  return (
    <Stack gap="sm">
      {hasSome ? <AuthorityList certificates={certificates} /> : <Text size="sm">{texts.none}</Text>}
      {put.error !== null && <FileProblem error={put.error} language={language} />}
      {clear.error !== null && <FileProblem error={clear.error} language={language} />}
      <Group gap="sm">
        <FileButton
          resetRef={resetFile}
          accept=".pem,.crt,.cer,application/x-pem-file"
          onChange={(chosen) => {
            if (chosen === null) return;
            if (hasSome) setFile(chosen);
            else send(chosen);
          }}
        >
          {(props) => (
            <Button {...props} loading={put.isPending}>
              {texts.choose}
            </Button>
          )}
        </FileButton>
        {hasSome && (
          <Button variant="default" loading={clear.isPending} onClick={() => setClearing(true)}>
            {texts.clear}
          </Button>
        )}
        <Text size="sm" role="status">
          {put.isSuccess ? texts.saved : clear.isSuccess ? texts.cleared : ''}
        </Text>
      </Group>
      {hasSome && (
        <Text size="xs" c="dimmed">
          {texts.replaces}
        </Text>
      )}
      <Confirm
        opened={file !== null}
        title={texts.replaceTitle}
        confirm={texts.replace}
        onCancel={() => {
          setFile(null);
          resetFile.current?.();
        }}
        onConfirm={() => file !== null && send(file)}
      >
        {texts.replaceText(certificates.length, file?.name ?? '')}
      </Confirm>
      <Confirm
        opened={isClearing}
        title={texts.clearTitle}
        confirm={texts.clear}
        onCancel={() => setClearing(false)}
        onConfirm={() => {
          setClearing(false);
          put.reset();
          clear.mutate();
        }}
      >
        {texts.clearText}
      </Confirm>
    </Stack>
  );
}
