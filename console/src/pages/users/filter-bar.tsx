import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { useFormats } from '../../language/formats';
import { useTexts } from '../../language/language-context';
import { useConnectorPath } from '../../session/session-context';
import { ChoiceSelect } from './choice-select';
import { choicesQuery, pbxChoices } from './choices-query';
import { isFiltered, NO_SELECTION, type UserFilter } from './filter';
import { TypedField } from './typed-field';
import { USERS_TEXTS } from './texts';
import { PLATFORMS, STATUSES } from './user';

interface FilterBarProps {
  filter: UserFilter;
  /** `isTyped`: one of many steps, not one to come back to. */
  onChange: (change: Partial<UserFilter>, isTyped?: boolean) => void;
}

/** What chooses the users that are shown. */
export const FilterBar = memo(function FilterBar({ filter, onChange }: FilterBarProps) {
  const texts = useTexts(USERS_TEXTS);
  const { number } = useFormats();
  const { data: choices } = useQuery(choicesQuery(useConnectorPath()));
  const chosen = <Field extends keyof UserFilter>(field: Field) => ({
    value: filter[field],
    onValue: (value: string | undefined) => onChange({ [field]: value }),
  });
  return (
    <Group role="search" aria-label={texts.filters} align="flex-end" gap="sm">
      <TypedField
        label={texts.search}
        placeholder={texts.searchHint}
        value={filter.q ?? ''}
        onValue={(q) => onChange({ q: q === '' ? undefined : q }, true)}
        type="search"
        maxLength={254}
        flex="2 1 13rem"
      />
      <ChoiceSelect
        {...chosen('status')}
        label={texts.status}
        any={texts.anyStatus}
        choices={STATUSES.map((value) => ({ value, label: texts.statuses[value] }))}
        flex="1 1 10.5rem"
      />
      <ChoiceSelect
        {...chosen('code')}
        label={texts.code}
        any={texts.anyCode}
        choices={(choices?.codes ?? []).map(({ code, users }) => ({
          value: String(code),
          label: `${code} (${number(users)})`,
        }))}
        flex="1 1 6.5rem"
      />
      <ChoiceSelect
        {...chosen('platform')}
        label={texts.platform}
        any={texts.anyPlatform}
        choices={PLATFORMS.map((value) => ({ value, label: texts.platforms[value] }))}
        flex="1 1 7.5rem"
      />
      <ChoiceSelect
        {...chosen('pbx')}
        label={texts.pbx}
        any={texts.anyPbx}
        choices={pbxChoices(choices?.pbx ?? [])}
        flex="1 1 7.5rem"
      />
      <ChoiceSelect
        {...chosen('missing')}
        label={texts.found}
        any={texts.anyFound}
        choices={(['true', 'false'] as const).map((value) => ({ value, label: texts.founds[value] }))}
        flex="1 1 7.5rem"
      />
      {isFiltered(filter) && (
        <Button variant="default" onClick={() => onChange(NO_SELECTION)}>
          {texts.clear}
        </Button>
      )}
    </Group>
  );
});
