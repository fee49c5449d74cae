import type { Texts } from '../../language/language';
import type { Provider } from '../../session/provider';
import type { SessionEnd } from '../../session/session-end';

interface SignInTexts {
  title: string;
  purpose: string;
  zoom: string;
  cloudlink: string;
  who: string;
  what: string;
  first: string;
  over: string;
  ends: Record<SessionEnd, string>;
  sandbox: string;
  sandboxNote: string;
  roles: Record<string, string>;
  as: (email: string, role: string) => string;
  providers: Record<Provider, string>;
}

export const SIGN_IN_TEXTS: Texts<SignInTexts> = {
  en: {
    title: 'Zoom CloudLink Connector',
    purpose: 'The Phone tab of Zoom as a telephone of your own Mitel system.',
    zoom: 'Continue with Zoom',
    cloudlink: 'Continue with Mitel CloudLink',
    who: 'For admins of the Zoom account or of the CloudLink account.',
    what: 'Your sign-in also lets the connector work in your name, or stand by in case a colleague leaves.',
    first: 'Not connected yet? Begin on either side: the set-up follows.',
    over: 'You have been signed out',
    ends: {
      idle: 'Nobody has used this page for a while. Nothing is lost: sign in again, and you are back where you were.',
      expired:
        'You have been signed in for as long as one sign-in lasts. Sign in again, and you are back where you were.',
      ended:
        'You have signed out in another window, or your role at the provider has changed. Sign in again; if that is refused, the page says why.',
    },
    sandbox: 'Sandbox',
    sandboxNote: 'This service runs with emulated Zoom and CloudLink accounts. Sign in as one of their admins:',
    roles: { owner: 'owner', admin: 'admin', ACCOUNT_ADMIN: 'account admin', PARTNER_ADMIN: 'partner admin' },
    as: (email, role) => `${email} (${role})`,
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
  },
  de: {
    title: 'Zoom CloudLink Connector',
    purpose: 'Der Telefon-Reiter von Zoom als Telefon an Ihrer eigenen Mitel-Anlage.',
    zoom: 'Weiter mit Zoom',
    cloudlink: 'Weiter mit Mitel CloudLink',
    who: 'Für Administratoren des Zoom-Kontos oder des CloudLink-Kontos.',
    what: 'Mit Ihrer Anmeldung darf der Connector auch in Ihrem Namen arbeiten oder steht bereit, falls ein Kollege geht.',
    first: 'Noch nicht verbunden? Beginnen Sie auf einer der beiden Seiten: Die Einrichtung folgt.',
    over: 'Sie wurden abgemeldet',
    ends: {
      idle: 'Eine Weile hat niemand diese Seite benutzt. Es ist nichts verloren: Melden Sie sich wieder an, dann sind Sie, wo Sie waren.',
      expired:
        'Eine Anmeldung gilt nur eine begrenzte Zeit, und Ihre ist um. Melden Sie sich wieder an, dann sind Sie, wo Sie waren.',
      ended:
        'Sie haben sich in einem anderen Fenster abgemeldet, oder Ihre Rolle beim Anbieter hat sich geändert. Melden Sie sich wieder an; wird das abgelehnt, steht hier der Grund.',
    },
    sandbox: 'Sandbox',
    sandboxNote:
      'Dieser Dienst läuft mit nachgebildeten Konten von Zoom und CloudLink. Melden Sie sich als einer ihrer Administratoren an:',
    roles: {
      owner: 'Kontoinhaber',
      admin: 'Administrator',
      ACCOUNT_ADMIN: 'Konto-Administrator',
      PARTNER_ADMIN: 'Partner-Administrator',
    },
    as: (email, role) => `${email} (${role})`,
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
  },
};
