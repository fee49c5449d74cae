import type { Texts } from '../../language/language';

interface SignInTexts {
  title: string;
  purpose: string;
  zoom: string;
  cloudlink: string;
  who: string;
  what: string;
  first: string;
  sandbox: string;
  sandboxNote: string;
  as: (email: string, role: string) => string;
  providers: Record<'zoom' | 'cloudlink', string>;
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
    sandbox: 'Sandbox',
    sandboxNote: 'This service runs with emulated Zoom and CloudLink accounts. Sign in as one of their admins:',
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
    sandbox: 'Sandbox',
    sandboxNote:
      'Dieser Dienst läuft mit nachgebildeten Konten von Zoom und CloudLink. Melden Sie sich als einer ihrer Administratoren an:',
    as: (email, role) => `${email} (${role})`,
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
  },
};
