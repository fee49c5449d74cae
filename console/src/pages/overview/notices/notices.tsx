import { Alert, Anchor, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import classes from '../overview.module.css';
import { reasonClause, REASON_TEXTS } from '../sides/reason-texts';
import { OVERVIEW_TEXTS } from '../texts';
import type { Connector } from '../types';
import { listNotices, type Notice } from './list-notices';
import { NOTICE_TEXTS } from './notice-texts';

/** What to know besides the state; nothing where there is nothing. */
export function Notices({ connector, now }: { connector: Connector; now: number }) {
  const { notices: heading } = useTexts(OVERVIEW_TEXTS);
  const notices = listNotices(connector, now);
  return (
    <div aria-live="polite">
      {notices.length > 0 && (
        <Stack component="ul" gap="xs" aria-label={heading} className={classes['list'] ?? ''}>
          {notices.map((notice) => (
            <li key={notice.kind === 'taken_over' ? `${notice.kind} ${notice.provider}` : notice.kind}>
              <Alert color={notice.kind === 'taken_over' ? 'blue' : 'yellow'} p="sm" role="none">
                <Text size="sm" className={classes['long'] ?? ''}>
                  <Words notice={notice} />
                </Text>
              </Alert>
            </li>
          ))}
        </Stack>
      )}
    </div>
  );
}

function Words({ notice }: { notice: Notice }): ReactNode {
  const texts = useTexts(NOTICE_TEXTS);
  const reasons = useTexts(REASON_TEXTS);
  const { providers } = useTexts(OVERVIEW_TEXTS);
  const { instant } = useFormats();
  switch (notice.kind) {
    case 'taken_over': {
      const clause = reasonClause(reasons, notice.code, { admin: notice.from, provider: providers[notice.provider] });
      return `${texts.takenOver(clause, notice.to)} ${texts.addReserve}`;
    }
    case 'alerts_undelivered':
      return (
        <>
          {texts.alertsUndelivered(notice.count)}{' '}
          <Anchor href="#/settings" inherit underline="always">
            {texts.toAlerts}
          </Anchor>
        </>
      );
    case 'zoom_phone_failed':
      return texts.zoomPhoneFailed(instant(notice.since), notice.code);
    case 'zoom_phone_scope':
      return texts.zoomPhoneScope;
    case 'delta_refused': {
      const why = texts.deltaRefused[notice.reason] ?? notice.reason;
      return notice.triesAgainAt === null ? why : `${why} ${texts.triesAgain(instant(notice.triesAgainAt))}`;
    }
  }
}
