import { Anchor, Text } from '@mantine/core';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import { ACTION_TEXTS, isKnown } from './action-texts';
import { AuditDetails } from './audit-details';
import type { AuditEvent } from './audit-query';
import classes from './audit.module.css';
import { describeActor } from './describe-actor';
import { AUDIT_TEXTS } from './texts';
import { userOf } from './user-of';

/** One entry in a line: when, what and about whom, who; the rest when it is opened. */
export function AuditEntry({ event }: { event: AuditEvent }) {
  const texts = useTexts(AUDIT_TEXTS);
  const words = useTexts(ACTION_TEXTS);
  const { instant, relative } = useFormats();
  const user = userOf(event);
  return (
    <li className={classes['entry']} tabIndex={-1}>
      <Text component="time" dateTime={event.at} size="sm" c="dimmed" className={classes['when'] ?? ''}>
        {instant(event.at)} <span className={classes['ago']}>({relative(event.at)})</span>
      </Text>
      <div className={classes['what']}>
        <Text fw={600} span>
          {isKnown(event.action) ? words[event.action] : event.action}
        </Text>
        {user !== undefined && (
          <Anchor
            size="sm"
            href={`#/users/${encodeURIComponent(user.id)}`}
            aria-label={texts.user(user.name)}
            className={classes['long'] ?? ''}
          >
            {user.name}
          </Anchor>
        )}
      </div>
      <Text size="sm" className={`${classes['who'] ?? ''} ${classes['long'] ?? ''}`}>
        {describeActor(event, texts)}
      </Text>
      <AuditDetails event={event} />
    </li>
  );
}
