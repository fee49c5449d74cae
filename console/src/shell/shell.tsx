import { AppShell, Burger, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useLanguage, useTexts } from '../language/language-context';
import { isSetupDue, useConnector } from '../session/connector';
import { AccountMenu } from './account-menu';
import { ArrivalNotice } from './arrival-notice';
import { IfBroken } from './if-broken';
import classes from './shell.module.css';
import { SetupLead } from './setup-lead';
import { SHELL_TEXTS } from './texts';
import { ViewMenu } from './view-menu';

const SETUP = ['setup', '/setup'] as const;
const PAGES = [
  ['overview', '/'],
  ['users', '/users'],
  ['add', '/add'],
  ['settings', '/settings'],
  ['audit', '/audit'],
] as const;

/** The frame of every page for those who are signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const texts = useTexts(SHELL_TEXTS);
  const [opened, { toggle, close }] = useDisclosure();
  const [location] = useLocation();
  const place = location.split('?')[0] ?? '/';
  const { data: connector } = useConnector();
  const isDue = connector !== undefined && isSetupDue(connector);
  const main = useRef<HTMLElement>(null);
  useAnswersInLanguage();
  useEffect(close, [place, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a
        className={classes['skip']}
        href="#content"
        onClick={(event) => {
          // The hash is the place in the console: the jump must not change it.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {texts.skip}
      </a>
      <SetupLead />
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" className={classes['brand']}>
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={texts.openNavigation}
              aria-expanded={opened}
            />
            <Text fw={700} truncate>
              {texts.product}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <ViewMenu />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={texts.navigation}>
        {(isDue ? [SETUP, ...PAGES] : PAGES).map(([page, path]) => {
          const isHere = path === '/' ? place === '/' : place.startsWith(path);
          return (
            <NavLink
              key={page}
              href={`#${path}`}
              label={texts.pages[page]}
              active={isHere}
              aria-current={isHere ? 'page' : undefined}
            />
          );
        })}
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1} className={classes['main'] ?? ''}>
        <ArrivalNotice />
        {/* Another page may well be whole. */}
        <IfBroken key={place.split('/')[1]}>{children}</IfBroken>
      </AppShell.Main>
    </AppShell>
  );
}

/** Words of the API come in the language of the page: what is there is asked again after a change. */
function useAnswersInLanguage(): void {
  const { language } = useLanguage();
  const queries = useQueryClient();
  const shown = useRef(language);
  useEffect(() => {
    if (shown.current === language) return;
    shown.current = language;
    void queries.invalidateQueries();
  }, [language, queries]);
}
