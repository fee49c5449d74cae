import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../language/language-context';
import { ASKING_TEXTS } from './texts';

interface ConfirmProps {
  opened: boolean;
  title: string;
  /** What the button does, in a verb. */
  confirm: string;
  cancel?: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  isDisabled?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** Asks back before something that cannot be undone, or that means more than it looks. */
export function Confirm(props: ConfirmProps) {
  const texts = useTexts(ASKING_TEXTS);
  const { opened, title, confirm, cancel, isDangerous = true, isBusy = false, isDisabled = false } = props;
  return (
    <Modal opened={opened} onClose={props.onCancel} title={title} closeButtonProps={{ 'aria-label': texts.close }}>
      <Stack>
        {typeof props.children === 'string' ? <Text size="sm">{props.children}</Text> : props.children}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onCancel} data-autofocus>
            {cancel ?? texts.cancel}
          </Button>
          <Button
            {...(isDangerous ? { color: 'red' } : {})}
            loading={isBusy}
            disabled={isDisabled}
            onClick={props.onConfirm}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
