import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { useTexts } from '../../language/language-context';
import { useConnector } from '../../session/connector';
import { UnsavedGuard } from '../../shell/asking/unsaved';
import { Page } from '../../shell/page';
import { SHELL_TEXTS } from '../../shell/texts';
import { AddOne } from './add-one';
import { ImportFile } from './import-file';
import { ADD_TEXTS } from './texts';

/** Users by hand: one by one, or many from a file. */
export default function Add() {
  const { pages } = useTexts(SHELL_TEXTS);
  const texts = useTexts(ADD_TEXTS);
  const { data: connector } = useConnector();
  return (
    <Page title={pages.add}>
      <UnsavedGuard>
        <Stack gap="lg" maw="60rem">
          {connector?.membership === 'automatic' && (
            <Alert variant="default">
              <Text size="sm">{texts.automatic}</Text>
              <Anchor size="sm" underline="always" href="#/settings">
                {texts.toSettings}
              </Anchor>
            </Alert>
          )}
          <AddOne />
          <ImportFile />
        </Stack>
      </UnsavedGuard>
    </Page>
  );
}
