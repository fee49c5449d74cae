import { Alert, Button, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTexts } from '../language/language-context';
import { SHELL_TEXTS } from './texts';

/** Shows its children, or that they cannot be shown: a part of the page that does not come, or an error while it is drawn. */
export class IfBroken extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const texts = useTexts(SHELL_TEXTS);
  return (
    <Alert color="red" role="alert" title={texts.brokenTitle}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{texts.brokenWhy}</Text>
        <Button size="xs" variant="default" onClick={() => window.location.reload()}>
          {texts.reload}
        </Button>
      </Stack>
    </Alert>
  );
}
