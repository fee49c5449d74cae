import { Card, Stack, Text } from '@mantine/core';
import { addressOf } from '../../../language/address-of';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { USERS_TEXTS } from '../texts';
import { Facts } from './facts';
import { Section } from './section';
import { DRAWER_TEXTS } from './texts';
import type { Registration } from './user-detail';

/** What each device last reported. */
export function DeviceSection({ registrations }: { registrations: readonly Registration[] }) {
  const texts = useTexts(DRAWER_TEXTS);
  return (
    <Section title={texts.sections.devices}>
      {registrations.length === 0 && <Text size="sm">{texts.noDevices}</Text>}
      {registrations.map((registration) => (
        <DeviceCard key={`${registration.platform} ${registration.deviceId}`} registration={registration} />
      ))}
    </Section>
  );
}

function DeviceCard({ registration }: { registration: Registration }) {
  const { facts } = useTexts(DRAWER_TEXTS);
  const words = useTexts(USERS_TEXTS);
  const { instant } = useFormats();
  const { platform, state, sip, appVersion, target, reportedAt, expiresAt } = registration;
  const stated = words.devices[state];
  return (
    <Card withBorder padding="sm">
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {words.platforms[platform]}: {sip === null ? stated : words.withCode(stated, sip.code)}
        </Text>
        {sip !== null && (
          <Text size="sm">
            {sip.meaning} {sip.check}
          </Text>
        )}
        <Facts
          facts={[
            [facts.app, appVersion],
            [facts.target, target === null ? null : addressOf(target)],
            [facts.reported, instant(reportedAt)],
            [facts.validUntil, state === 'unregistered' ? null : instant(expiresAt)],
          ]}
        />
      </Stack>
    </Card>
  );
}
