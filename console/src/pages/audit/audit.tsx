import { Stack, Text } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { useTexts } from '../../language/language-context';
import { Page } from '../../shell/page';
import { SHELL_TEXTS } from '../../shell/texts';
import { AuditFilterForm } from './audit-filter';
import { AuditList } from './audit-list';
import type { AuditFilter } from './audit-query';
import { AUDIT_TEXTS } from './texts';

/** Who did what. The filter stands in the address, so that other pages can link to it and a reload keeps it. */
export default function Audit() {
  const { pages } = useTexts(SHELL_TEXTS);
  const texts = useTexts(AUDIT_TEXTS);
  const [query, setQuery] = useSearchParams();
  const filter: AuditFilter = {
    action: query.get('action') ?? '',
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
  };
  const change = (changed: AuditFilter): void =>
    setQuery(new URLSearchParams(Object.entries(changed).filter(([, value]) => value !== '')), { replace: true });
  return (
    <Page title={pages.audit}>
      <Stack gap="md">
        <Text size="sm">{texts.intro}</Text>
        <AuditFilterForm filter={filter} onChange={change} />
        <AuditList filter={filter} />
      </Stack>
    </Page>
  );
}
