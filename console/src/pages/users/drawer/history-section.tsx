import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useConnectorPath } from '../../../session/session-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { USERS_TEXTS } from '../texts';
import { Section } from './section';
import { DRAWER_TEXTS } from './texts';
import { historyQuery } from './user-queries';

/** The last moves of the status, newest first. */
export function HistorySection({ user }: { user: string }) {
  const texts = useTexts(DRAWER_TEXTS);
  const words = useTexts(USERS_TEXTS);
  const { instant } = useFormats();
  const { data, error, refetch } = useQuery(historyQuery(useConnectorPath(), user));
  return (
    <Section title={texts.sections.history}>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <Text size="sm">{texts.noHistory}</Text>}
      {data !== undefined && data.items.length > 0 && (
        <List size="sm" spacing={4}>
          {data.items.map(({ at, previous, status, sip }) => (
            <List.Item key={`${at} ${previous} ${status}`}>
              <time dateTime={at}>{instant(at)}</time>:{' '}
              <b>{sip === null ? words.statuses[status] : words.withCode(words.statuses[status], sip.code)}</b>
              {sip !== null && `, ${words.platforms[sip.platform]}`}, {texts.from(words.statuses[previous])}
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}
