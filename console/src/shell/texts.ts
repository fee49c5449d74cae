import type { Texts } from '../language/language';
import type { Provider } from '../session/provider';

interface ShellTexts {
  product: string;
  skip: string;
  loading: string;
  navigation: string;
  openNavigation: string;
  pages: Record<'overview' | 'users' | 'add' | 'settings' | 'audit' | 'setup', string>;
  language: string;
  otherLanguage: string;
  colours: string;
  light: string;
  dark: string;
  system: string;
  account: (email: string) => string;
  signOut: string;
  signOutEverywhere: string;
  stillSignedIn: string;
  notFound: string;
  toOverview: string;
  tryAgain: string;
  somethingWrong: string;
  signInFailed: (provider: string | undefined) => string;
  reference: (number: string) => string;
  brokenTitle: string;
  brokenWhy: string;
  reload: string;
  close: string;
  providers: Record<Provider, string>;
}

export const SHELL_TEXTS: Texts<ShellTexts> = {
  en: {
    product: 'Zoom CloudLink Connector',
    skip: 'Skip to the content',
    loading: 'Loading',
    navigation: 'Pages',
    openNavigation: 'Show or hide the pages',
    pages: {
      overview: 'Overview',
      users: 'Integrated users',
      add: 'Add users',
      settings: 'Settings',
      audit: 'Audit',
      setup: 'Set-up',
    },
    language: 'Language',
    otherLanguage: 'Deutsch',
    colours: 'Colours',
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    account: (email) => `Signed in as ${email}`,
    signOut: 'Sign out',
    signOutEverywhere: 'Sign out everywhere',
    stillSignedIn: 'You are still signed in',
    notFound: 'There is no such page.',
    toOverview: 'To the overview',
    tryAgain: 'Try again',
    somethingWrong: 'Something is wrong',
    signInFailed: (provider) =>
      provider === undefined ? 'The sign-in did not work' : `The sign-in at ${provider} did not work`,
    reference: (number) => `Reference for the operator: ${number}`,
    brokenTitle: 'This page cannot be shown',
    brokenWhy: 'The service may have been updated meanwhile. Reload the page; if it stays, tell the operator.',
    reload: 'Reload the page',
    close: 'Close',
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
  },
  de: {
    product: 'Zoom CloudLink Connector',
    skip: 'Zum Inhalt',
    loading: 'Wird geladen',
    navigation: 'Seiten',
    openNavigation: 'Seiten ein- oder ausblenden',
    pages: {
      overview: 'Übersicht',
      users: 'Integrierte Benutzer',
      add: 'Benutzer hinzufügen',
      settings: 'Einstellungen',
      audit: 'Protokoll',
      setup: 'Einrichtung',
    },
    language: 'Sprache',
    otherLanguage: 'English',
    colours: 'Farben',
    light: 'Hell',
    dark: 'Dunkel',
    system: 'Wie das System',
    account: (email) => `Angemeldet als ${email}`,
    signOut: 'Abmelden',
    signOutEverywhere: 'Überall abmelden',
    stillSignedIn: 'Sie sind noch angemeldet',
    notFound: 'Diese Seite gibt es nicht.',
    toOverview: 'Zur Übersicht',
    tryAgain: 'Noch einmal versuchen',
    somethingWrong: 'Etwas stimmt nicht',
    signInFailed: (provider) =>
      provider === undefined ? 'Die Anmeldung hat nicht geklappt' : `Die Anmeldung bei ${provider} hat nicht geklappt`,
    reference: (number) => `Kennung für den Betreiber: ${number}`,
    brokenTitle: 'Diese Seite lässt sich nicht anzeigen',
    brokenWhy:
      'Vielleicht wurde der Dienst inzwischen aktualisiert. Laden Sie die Seite neu; bleibt es so, sagen Sie es dem Betreiber.',
    reload: 'Seite neu laden',
    close: 'Schließen',
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
  },
};
