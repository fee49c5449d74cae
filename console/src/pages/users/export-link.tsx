import { Button } from '@mantine/core';
import { BASE } from '../../api/client';
import { useLanguage, useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import { selection, type UserFilter } from './filter';
import { USERS_TEXTS } from './texts';

/** The users of the filter as a file. A link: the browser writes it to the disk as it comes, however long it is. */
export function ExportLink({ filter }: { filter: UserFilter }) {
  const texts = useTexts(USERS_TEXTS);
  const { language } = useLanguage();
  const { connectorId } = useSession();
  // Spreadsheets in German take a comma for the decimal sign.
  const query = new URLSearchParams({ separator: language === 'de' ? 'semicolon' : 'comma' });
  for (const [name, value] of Object.entries(selection(filter)))
    if (value !== undefined) query.set(name, String(value));
  return (
    <Button
      component="a"
      variant="default"
      download
      href={`${BASE}/v1/connectors/${connectorId}/users/export?${query.toString()}`}
    >
      {texts.exportCsv}
    </Button>
  );
}
