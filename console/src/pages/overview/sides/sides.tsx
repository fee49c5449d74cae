import { SimpleGrid } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import { PROVIDERS } from '../../../session/provider';
import { Section } from '../section';
import { OVERVIEW_TEXTS } from '../texts';
import type { Connector } from '../types';
import { SideCard } from './side-card';

/** Both accounts, and who has authorised the connector there. */
export function Sides({ connector }: { connector: Connector }) {
  const { sides } = useTexts(OVERVIEW_TEXTS);
  return (
    <Section id="sides" title={sides}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        {PROVIDERS.map((provider) => (
          <SideCard
            key={provider}
            provider={provider}
            side={connector[provider]}
            mayAdd={connector.state !== 'disconnected'}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}
