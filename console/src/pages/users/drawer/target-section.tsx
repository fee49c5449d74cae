import { List, Text } from '@mantine/core';
import { addressOf } from '../../../language/address-of';
import { useTexts } from '../../../language/language-context';
import { Section } from './section';
import { DRAWER_TEXTS } from './texts';
import type { Target } from './user-detail';

/** Where the apps of the user register. */
export function TargetSection({ targets }: { targets: readonly Target[] }) {
  const texts = useTexts(DRAWER_TEXTS);
  return (
    <Section title={texts.sections.targets}>
      {targets.length === 0 ? (
        <Text size="sm">{texts.noTargets}</Text>
      ) : (
        <List type="ordered" size="sm">
          {targets.map((target) => (
            <List.Item key={`${target.role} ${addressOf(target)}`}>
              {texts.roles[target.role]}: {addressOf(target)}
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}
