import { Text } from '@mantine/core';
import { useTexts } from '../../../language/language-context';
import { Facts } from './facts';
import { Section } from './section';
import { DRAWER_TEXTS } from './texts';
import type { UserDetail } from './user-detail';

/** With what the user registers; never a hash. */
export function CredentialSection({ user: { credential } }: { user: UserDetail }) {
  const texts = useTexts(DRAWER_TEXTS);
  const { facts } = texts;
  const { state, userName, authUserName, realm, algorithms } = credential;
  return (
    <Section title={texts.sections.credential}>
      <Facts
        facts={[
          [facts.state, texts.credentialStates[state]],
          [facts.userName, userName],
          [facts.authUserName, authUserName],
          [facts.realm, realm],
          [facts.algorithms, algorithms.length === 0 ? null : algorithms.join(', ')],
        ]}
      />
      {algorithms.length > 0 && (
        <Text size="xs" c="dimmed">
          {texts.noHashShown}
        </Text>
      )}
    </Section>
  );
}
