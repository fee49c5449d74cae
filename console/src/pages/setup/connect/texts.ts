import type { Texts } from '../../../language/language';
import type { Provider } from '../../../session/provider';

interface ConnectTexts {
  explain: Record<Provider, string>;
  again: (provider: string) => string;
  needs: Record<Provider, string>;
  window: string;
  connect: (provider: string) => string;
  authorised: string;
  missing: string;
  lost: string;
  account: string;
  admin: string;
  role: string;
  roleChecked: (role: string) => string;
  atRisk: string;
  serviceClient: string;
  colleague: (provider: string) => string;
  colleagueText: string;
  connected: string;
  goOn: string;
}

export const CONNECT_TEXTS: Texts<ConnectTexts> = {
  en: {
    explain: {
      zoom: 'Your CloudLink account is in. Now sign in at Zoom as an admin of the Zoom account that belongs to it.',
      cloudlink:
        'Your Zoom account is in. Now sign in at Mitel CloudLink as an admin of the CloudLink account that belongs to it.',
    },
    again: (provider) =>
      `Nobody’s authorisation at ${provider} is valid any more. Sign in there once, then everything goes on by itself.`,
    needs: {
      zoom: 'Needed there: account owner, or an admin role with “Phone System Integration” and “Users”.',
      cloudlink: 'Needed there: the role Account Admin or Partner Admin, in the customer’s account.',
    },
    window: 'A window opens for it; this page stays and goes on by itself.',
    connect: (provider) => `Connect ${provider}`,
    authorised: 'Authorised',
    missing: 'Still missing',
    lost: 'Not valid any more',
    account: 'Account',
    admin: 'Admin',
    role: 'Role',
    roleChecked: (role) => `${role} – checked`,
    atRisk: 'Still works, but is at risk: the pre-flight says why.',
    serviceClient: 'A service client of the account',
    colleague: (provider) => `Is somebody else the admin of ${provider}?`,
    colleagueText: 'Send them this link. It opens the sign-in there, and this page goes on as soon as they are done.',
    connected: 'Zoom and Mitel CloudLink are linked, and both admins have the roles that are needed.',
    goOn: 'Go on to the pre-flight',
  },
  de: {
    explain: {
      zoom: 'Ihr CloudLink-Konto ist da. Melden Sie sich nun bei Zoom an, als Administrator des zugehörigen Zoom-Kontos.',
      cloudlink:
        'Ihr Zoom-Konto ist da. Melden Sie sich nun bei Mitel CloudLink an, als Administrator des zugehörigen CloudLink-Kontos.',
    },
    again: (provider) =>
      `Bei ${provider} gilt keine Autorisierung mehr. Melden Sie sich dort einmal an, dann geht alles von selbst weiter.`,
    needs: {
      zoom: 'Nötig ist dort: Kontoinhaber, oder eine Administratorrolle mit „Phone System Integration“ und „Benutzer“.',
      cloudlink: 'Nötig ist dort: die Rolle Account Admin oder Partner Admin, im Konto des Kunden.',
    },
    window: 'Dafür öffnet sich ein Fenster; diese Seite bleibt und geht von selbst weiter.',
    connect: (provider) => `${provider} verbinden`,
    authorised: 'Autorisiert',
    missing: 'Fehlt noch',
    lost: 'Gilt nicht mehr',
    account: 'Konto',
    admin: 'Administrator',
    role: 'Rolle',
    roleChecked: (role) => `${role} – geprüft`,
    atRisk: 'Funktioniert noch, ist aber gefährdet: Warum, sagt die Vorabprüfung.',
    serviceClient: 'Ein Dienst-Client des Kontos',
    colleague: (provider) => `Ist jemand anders Administrator bei ${provider}?`,
    colleagueText:
      'Schicken Sie ihm oder ihr diesen Link. Er öffnet dort die Anmeldung, und diese Seite geht weiter, sobald das erledigt ist.',
    connected: 'Zoom und Mitel CloudLink sind verknüpft, und beide Administratoren haben die nötigen Rollen.',
    goOn: 'Weiter zur Vorabprüfung',
  },
};
