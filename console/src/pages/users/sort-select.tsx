import { Group, NativeSelect } from '@mantine/core';
import { useTexts } from '../../language/language-context';
import { SORT_KEYS, type SortKey, type UserFilter } from './filter';
import { USERS_TEXTS } from './texts';

interface SortSelectProps {
  filter: UserFilter;
  onChange: (change: Pick<UserFilter, 'sort' | 'order'>) => void;
}

/** The order of the list where there are no heads of columns to click on. */
export function SortSelect({ filter: { sort, order }, onChange }: SortSelectProps) {
  const texts = useTexts(USERS_TEXTS);
  return (
    <Group gap="xs" grow>
      <NativeSelect
        label={texts.sortBy}
        value={sort}
        onChange={({ currentTarget: { value } }) => onChange({ sort: value as SortKey, order })}
        data={SORT_KEYS.map((value) => ({ value, label: texts.sorts[value] }))}
      />
      <NativeSelect
        label={texts.order}
        value={order}
        onChange={({ currentTarget: { value } }) => onChange({ sort, order: value === 'desc' ? 'desc' : 'asc' })}
        data={[
          { value: 'asc', label: texts.ascending },
          { value: 'desc', label: texts.descending },
        ]}
      />
    </Group>
  );
}
