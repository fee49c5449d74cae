import { Button, Group } from '@mantine/core';
import { memo } from 'react';
import { useTexts } from '../../language/language-context';
import { USERS_TEXTS } from './texts';

/** What can be done with the list as a whole. */
export const Actions = memo(function Actions() {
  const texts = useTexts(USERS_TEXTS);
  return (
    <Group gap="xs">
      <Button component="a" href="#/add">
        {texts.add}
      </Button>
    </Group>
  );
});
