import { Button, Group } from '@mantine/core';
import { memo } from 'react';
import { useTexts } from '../../language/language-context';
import { ExportButton } from './export-button';
import type { UserFilter } from './filter';
import { USERS_TEXTS } from './texts';

/** What can be done with the list as a whole. */
export const Actions = memo(function Actions({ filter }: { filter: UserFilter }) {
  const texts = useTexts(USERS_TEXTS);
  return (
    <Group gap="xs" align="flex-start">
      <ExportButton filter={filter} />
      <Button component="a" href="#/add">
        {texts.add}
      </Button>
    </Group>
  );
});
