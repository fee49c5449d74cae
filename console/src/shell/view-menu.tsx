import { Button, Menu, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { useLanguage, useTexts } from '../language/language-context';
import { SHELL_TEXTS } from './texts';

/** Language and colours. */
export function ViewMenu() {
  const texts = useTexts(SHELL_TEXTS);
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = language === 'en' ? 'de' : 'en';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="compact-sm">
          {language.toUpperCase()}
          <VisuallyHidden>{` – ${texts.language}, ${texts.colours}`}</VisuallyHidden>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item lang={other} onClick={() => choose(other)}>
          {texts.otherLanguage}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{texts.colours}</Menu.Label>
        {(['light', 'dark', 'auto'] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            aria-current={colorScheme === scheme ? 'true' : undefined}
          >
            {{ light: texts.light, dark: texts.dark, auto: texts.system }[scheme]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
