import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { download } from '../../api/download';
import { useLanguage, useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import { ProblemAlert } from '../../shell/problem-alert';
import { selection, type UserFilter } from './filter';
import { USERS_TEXTS } from './texts';

/** The users of the filter as a file, in the language of the page. */
export function ExportButton({ filter }: { filter: UserFilter }) {
  const texts = useTexts(USERS_TEXTS);
  const { language } = useLanguage();
  const { connectorId } = useSession();
  const write = useMutation({
    mutationFn: () => {
      // Spreadsheets in German take a comma for the decimal sign.
      const query = new URLSearchParams({ separator: language === 'de' ? 'semicolon' : 'comma' });
      for (const [name, value] of Object.entries(selection(filter)))
        if (value !== undefined) query.set(name, String(value));
      return download(`/v1/connectors/${connectorId}/users/export?${query.toString()}`, texts.fileName);
    },
  });
  return (
    <Stack gap="xs" align="flex-end">
      <Button variant="default" loading={write.isPending} onClick={() => write.mutate()}>
        {texts.exportCsv}
      </Button>
      {write.error !== null && <ProblemAlert error={write.error} />}
    </Stack>
  );
}
