import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { useSession } from '../../../session/session-context';
import { describeActor } from '../../audit/describe-actor';
import { AUDIT_TEXTS } from '../../audit/texts';
import { FORM_TEXTS } from '../texts/form-texts';
import { lastChangeQuery, type ChangeFilter } from './last-change-query';

/** Who changed it last, and the way to all changes. Nothing where the audit cannot be read: it is no part of the setting. */
export function LastChange({ filter }: { filter: ChangeFilter }) {
  const texts = useTexts(FORM_TEXTS);
  const actors = useTexts(AUDIT_TEXTS);
  const { relative } = useFormats();
  const { connectorId } = useSession();
  const { data: change } = useQuery(lastChangeQuery(connectorId, filter));
  if (change === undefined) return null;
  if (change === null)
    return (
      <Text size="xs" c="dimmed">
        {texts.neverChanged}
      </Text>
    );
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {texts.changed(describeActor(change, actors), relative(change.at))}{' '}
      <Anchor size="xs" underline="always" href={`#/audit?action=${encodeURIComponent(change.action)}`}>
        {texts.allChanges}
      </Anchor>
    </Text>
  );
}
