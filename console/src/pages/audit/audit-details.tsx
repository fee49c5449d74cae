import { Code } from '@mantine/core';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import { wordFor } from '../../language/word-for';
import { useSession } from '../../session/session-context';
import type { AuditEvent } from './audit-query';
import classes from './audit.module.css';
import { describeActor } from './describe-actor';
import { describeDetails } from './describe-details';
import { DETAIL_TEXTS, VALUE_TEXTS } from './detail-texts';
import { AUDIT_TEXTS } from './texts';

/** Everything that an entry holds, with a name for each. */
export function AuditDetails({ event }: { event: AuditEvent }) {
  const texts = useTexts(AUDIT_TEXTS);
  const names = useTexts(DETAIL_TEXTS);
  const values = useTexts(VALUE_TEXTS);
  const { instant } = useFormats();
  const { connectorId } = useSession();
  const who = describeActor(event, texts);
  const say = (value: string): string => (value === '' ? texts.empty : (wordFor(values, value) ?? value));
  const told = describeDetails(event.details).map(({ key, before, value }) => [
    wordFor(names, key) ?? key,
    before === undefined ? say(value) : texts.before(say(before), say(value)),
  ]);
  const frame = [
    [texts.at, instant(event.at)],
    [texts.by, who.includes(event.actor.id) ? who : `${who} (${event.actor.id})`],
    // That it is about this connector goes without saying.
    [texts.subject, event.subject === connectorId ? '' : event.subject],
    [texts.address, event.address],
    [texts.request, event.requestId],
    [texts.zoomTrace, event.zoomTrackingId],
    [texts.mitelTrace, event.mitelCorrelationId],
  ].filter((row): row is [string, string] => row[1] !== null && row[1] !== '');
  return (
    <details className={classes['details']}>
      <summary>{texts.details}</summary>
      <dl>
        {[...told, ...frame].map(([name, value]) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{texts.code}</dt>
          <dd>
            <Code>{event.action}</Code>
          </dd>
        </div>
      </dl>
    </details>
  );
}
