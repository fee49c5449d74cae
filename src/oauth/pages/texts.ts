import type { Language } from '../../platform/config/config';
import type { ErrorCode } from '../../platform/errors/app-error';
import type { OtherSide } from '../authorisation-listener';
import { PROVIDER_NAMES, type Provider } from '../provider';

interface Texts {
  connectedTitle: string;
  connectedText: string;
  halfTitle: (done: Provider) => string;
  halfText: (missing: Provider) => string;
  nextStep: (missing: Provider) => string;
  standbyText: (provider: Provider) => string;
  toConsole: string;
  confirmTitle: (provider: Provider) => string;
  confirmText: (provider: Provider, other: OtherSide) => string;
  confirmAdvice: string;
  errorTitle: string;
  tryAgain: (provider: Provider) => string;
  /** When Zoom's cloud waits for the sign-in. */
  signInAgain: string;
  reference: string;
  connector: string;
  /** What to do, by error code; the message of the error itself says what happened. */
  advice: Partial<Record<ErrorCode, string>>;
  fallbackAdvice: string;
  /** What happened, where the English message of the error is not enough. */
  whatHappened: Partial<Record<ErrorCode, string>>;
}

const english: Texts = {
  connectedTitle: 'Connected',
  connectedText: 'Zoom and Mitel CloudLink are linked. The users are being synchronised now; you can close this page.',
  halfTitle: (done) => `${PROVIDER_NAMES[done]} is authorised`,
  halfText: (missing) =>
    `One step is left: sign in at ${PROVIDER_NAMES[missing]} with an admin of the account that belongs to it.`,
  nextStep: (missing) => `Go on to ${PROVIDER_NAMES[missing]}`,
  standbyText: (provider) =>
    `Another admin’s authorisation at ${PROVIDER_NAMES[provider]} is in use. Yours is kept as a standby and takes over when needed.`,
  toConsole: 'Open the console',
  confirmTitle: (provider) => `Link your ${PROVIDER_NAMES[provider]} account?`,
  confirmText: (provider, { provider: other, accountId, admin }) =>
    `This link joins your ${PROVIDER_NAMES[provider]} account with the ${PROVIDER_NAMES[other]} account ${accountId}${
      admin === '' ? '' : `, which ${admin} has authorised`
    }. Its admins then see your users and their telephones.`,
  confirmAdvice: 'Go on only if both accounts belong to your organisation and you expect this link.',
  errorTitle: 'This did not work',
  tryAgain: (provider) => `Start again at ${PROVIDER_NAMES[provider]}`,
  signInAgain: 'Sign in again at Mitel CloudLink',
  reference: 'Reference for support',
  connector: 'Connector',
  advice: {
    oauth_declined: 'If this was not intended, start again and choose “Allow”.',
    oauth_state_invalid: 'Start again in this browser, and use the page that opens within 15 minutes.',
    oauth_code_rejected: 'Start again. If it happens once more, check that the clocks of both systems are right.',
    missing_role: 'Ask the owner of the account for this role, or let an admin who holds it authorise.',
    account_already_linked:
      'One Zoom account belongs to exactly one CloudLink account. Check which accounts you signed in with, or disconnect the existing link first.',
    wrong_account: 'Sign out there, sign in with an admin of the account that is named above, and open the link again.',
    authorization_expired: 'Go back to Zoom and press “Connect” again.',
    link_invalid: 'Ask whoever sent you the link for a new one. An operator makes one on the command line.',
    provider_unavailable: 'Wait a few minutes and start again. Nothing was lost.',
    misconfigured: 'Tell the operator of this service: its client id or secret for this provider is wrong.',
  },
  fallbackAdvice: 'Start again. If it happens once more, tell the operator of this service the reference below.',
  whatHappened: {},
};

const german: Texts = {
  connectedTitle: 'Verbunden',
  connectedText:
    'Zoom und Mitel CloudLink sind verknüpft. Die Benutzer werden jetzt abgeglichen; Sie können diese Seite schließen.',
  halfTitle: (done) => `${PROVIDER_NAMES[done]} ist autorisiert`,
  halfText: (missing) =>
    `Ein Schritt fehlt noch: Melden Sie sich bei ${PROVIDER_NAMES[missing]} mit einem Administrator des zugehörigen Kontos an.`,
  nextStep: (missing) => `Weiter zu ${PROVIDER_NAMES[missing]}`,
  standbyText: (provider) =>
    `Für ${PROVIDER_NAMES[provider]} gilt bereits die Autorisierung eines anderen Administrators. Ihre wird als Reserve behalten und springt bei Bedarf ein.`,
  toConsole: 'Zur Konsole',
  confirmTitle: (provider) => `Ihr Konto bei ${PROVIDER_NAMES[provider]} verknüpfen?`,
  confirmText: (provider, { provider: other, accountId, admin }) =>
    `Dieser Link verbindet Ihr Konto bei ${PROVIDER_NAMES[provider]} mit dem Konto ${accountId} bei ${PROVIDER_NAMES[other]}${
      admin === '' ? '' : `, das ${admin} autorisiert hat`
    }. Dessen Administratoren sehen dann Ihre Benutzer und deren Telefone.`,
  confirmAdvice: 'Fahren Sie nur fort, wenn beide Konten zu Ihrer Organisation gehören und Sie diesen Link erwarten.',
  errorTitle: 'Das hat nicht geklappt',
  tryAgain: (provider) => `Neu beginnen bei ${PROVIDER_NAMES[provider]}`,
  signInAgain: 'Neu anmelden bei Mitel CloudLink',
  reference: 'Kennung für den Support',
  connector: 'Connector',
  advice: {
    oauth_declined: 'Falls das nicht beabsichtigt war: Beginnen Sie neu und wählen Sie „Zulassen“.',
    oauth_state_invalid: 'Beginnen Sie in diesem Browser neu und verwenden Sie die Seite innerhalb von 15 Minuten.',
    oauth_code_rejected:
      'Beginnen Sie neu. Passiert es noch einmal, prüfen Sie, ob die Uhren beider Systeme richtig gehen.',
    missing_role:
      'Bitten Sie den Kontoinhaber um diese Rolle, oder lassen Sie einen Administrator autorisieren, der sie hat.',
    account_already_linked:
      'Ein Zoom-Konto gehört zu genau einem CloudLink-Konto. Prüfen Sie, mit welchen Konten Sie angemeldet waren, oder trennen Sie zuerst die bestehende Verknüpfung.',
    wrong_account:
      'Melden Sie sich dort ab, mit einem Administrator des oben genannten Kontos wieder an, und öffnen Sie den Link noch einmal.',
    authorization_expired: 'Gehen Sie zurück zu Zoom und wählen Sie noch einmal „Verbinden“.',
    link_invalid:
      'Bitten Sie um einen neuen Link, wer Ihnen diesen geschickt hat. Ein Betreiber erzeugt ihn auf der Kommandozeile.',
    provider_unavailable: 'Warten Sie einige Minuten und beginnen Sie neu. Es ging nichts verloren.',
    misconfigured:
      'Sagen Sie es dem Betreiber dieses Dienstes: Client-ID oder Client-Secret für diesen Anbieter stimmen nicht.',
  },
  fallbackAdvice:
    'Beginnen Sie neu. Passiert es noch einmal, nennen Sie dem Betreiber dieses Dienstes die Kennung unten.',
  whatHappened: {
    oauth_declined: 'Die Zustimmung wurde nicht erteilt. Es wurde nichts gespeichert.',
    oauth_state_invalid:
      'Dieser Autorisierungsversuch ist nicht gültig: Er wurde nicht hier oder in einem anderen Browser begonnen, wurde bereits verwendet oder ist zu lange her.',
    oauth_code_rejected:
      'Der Anbieter hat den Autorisierungscode nicht angenommen: Er gilt nur einmal und nur wenige Minuten.',
    missing_role: 'Diesem Benutzer fehlt eine Rolle. Es wurde nichts gespeichert.',
    account_already_linked: 'Dieses Konto ist bereits mit einem anderen Konto verknüpft.',
    wrong_account:
      'Dieser Link gilt für ein anderes Konto als das, mit dem Sie angemeldet sind. Es wurde nichts geändert.',
    authorization_expired: 'Diese Verbindung kann nicht mehr zu Ende geführt werden.',
    link_invalid: 'Dieser Link ist nicht vollständig, wurde verändert oder ist abgelaufen (er gilt 7 Tage).',
    provider_unavailable: 'Der Anbieter ist im Augenblick nicht erreichbar.',
    misconfigured: 'Dieser Dienst ist nicht richtig eingerichtet.',
  },
};

export const TEXTS: Record<Language, Texts> = { en: english, de: german };
