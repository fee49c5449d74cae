import { Badge, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { TELEPHONY_TEXTS } from '../texts/telephony-texts';
import type { Authority } from './authorities-query';

const DAY_MS = 86_400_000;
/** From here on somebody should see to a new one. */
const SOON_DAYS = 30;

/** The certificates that are trusted, with the days that are left of each. */
export function AuthorityList({ certificates }: { certificates: readonly Authority[] }) {
  const { authorities: texts } = useTexts(TELEPHONY_TEXTS);
  const { date } = useFormats();
  return (
    <Stack component="ul" gap="xs" aria-label={texts.list} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {certificates.map(({ subject, issuer, validTo, fingerprint }) => (
        <Card key={fingerprint} component="li" withBorder padding="sm" style={{ overflowWrap: 'anywhere' }}>
          <Text size="sm" fw={600}>
            {subject}
          </Text>
          <Text size="sm">{issuer === subject ? texts.selfSigned : texts.issuer(issuer)}</Text>
          <Group gap="xs">
            <Text size="sm">{texts.until(date(validTo))}</Text>
            <DaysLeft validTo={validTo} />
          </Group>
          <Text size="xs" c="dimmed">
            {texts.fingerprint} {fingerprint}
          </Text>
        </Card>
      ))}
    </Stack>
  );
}

function DaysLeft({ validTo }: { validTo: string }) {
  const { authorities: texts } = useTexts(TELEPHONY_TEXTS);
  const [now] = useState(() => Date.now());
  const days = Math.floor((Date.parse(validTo) - now) / DAY_MS);
  const colour = days < 0 ? 'red' : days < SOON_DAYS ? 'orange' : 'gray';
  return (
    <Badge color={colour} variant={days < SOON_DAYS ? 'filled' : 'default'} tt="none">
      {days < 0 ? texts.expired : texts.daysLeft(days)}
    </Badge>
  );
}
