import { Button, CopyButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import { FORM_TEXTS } from '../texts/form-texts';

interface SecretModalProps {
  /** undefined: nothing to show. */
  secret: string | undefined;
  title: string;
  label: string;
  /** What to do with it. */
  children: string;
  onClose: () => void;
}

/** Shows a secret that cannot be shown again: closes only by the button that says it is kept. */
export function SecretModal({ secret, title, label, children, onClose }: SecretModalProps) {
  const texts = useTexts(FORM_TEXTS);
  return (
    <Modal
      opened={secret !== undefined}
      onClose={onClose}
      title={title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Text size="sm">{children}</Text>
        <Textarea
          label={label}
          description={texts.once}
          value={secret ?? ''}
          readOnly
          autosize
          ff="monospace"
          onFocus={({ currentTarget }) => currentTarget.select()}
          data-autofocus
        />
        <Group justify="space-between">
          {/* Without https a browser has no clipboard for pages: then there is only to select and copy. */}
          {window.isSecureContext ? (
            <CopyButton value={secret ?? ''}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? texts.copied : texts.copy}
                </Button>
              )}
            </CopyButton>
          ) : (
            <span />
          )}
          <Button onClick={onClose}>{texts.kept}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
