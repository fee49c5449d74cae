import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useTexts } from '../../language/language-context';
import { ACTION_GROUPS, ACTION_TEXTS, isKnown, type ActionGroup } from './action-texts';
import type { AuditFilter } from './audit-query';
import { AUDIT_TEXTS } from './texts';

const GROUPS = Object.keys(ACTION_GROUPS) as ActionGroup[];
export const NO_FILTER: AuditFilter = { action: '', from: '', to: '' };

/** Takes effect as it is changed. */
export function AuditFilterForm({
  filter,
  onChange,
}: {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}) {
  const texts = useTexts(AUDIT_TEXTS);
  const words = useTexts(ACTION_TEXTS);
  const isFiltered = Object.values(filter).some((value) => value !== '');
  const groups = GROUPS.map((group) => ({
    group: texts.groups[group],
    items: ACTION_GROUPS[group].map((action) => ({ value: action, label: words[action] })),
  }));
  // A link may name an action that this page does not know.
  const foreign =
    filter.action === '' || isKnown(filter.action)
      ? []
      : [{ group: texts.other, items: [{ value: filter.action, label: filter.action }] }];
  return (
    <Group align="flex-end" role="search" aria-label={texts.filter}>
      <NativeSelect
        label={texts.action}
        value={filter.action}
        data={[{ value: '', label: texts.everything }, ...groups, ...foreign]}
        onChange={({ currentTarget }) => onChange({ ...filter, action: currentTarget.value })}
        miw={260}
      />
      <TextInput
        type="date"
        label={texts.from}
        value={filter.from}
        max={filter.to}
        onChange={({ currentTarget }) => onChange({ ...filter, from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={texts.to}
        value={filter.to}
        min={filter.from}
        onChange={({ currentTarget }) => onChange({ ...filter, to: currentTarget.value })}
      />
      {isFiltered && (
        <Button variant="default" onClick={() => onChange(NO_FILTER)}>
          {texts.clear}
        </Button>
      )}
    </Group>
  );
}
