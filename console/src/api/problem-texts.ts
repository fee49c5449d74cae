import type { Texts } from '../language/language';

/** What a person is told of a problem, by its code; the others in the API's own words. */
export const PROBLEM_TEXTS: Texts<Record<string, string>> = {
  en: {
    unreachable: 'The service does not answer. Check the network; this page tries again by itself.',
    unexpected_answer: 'The service gave an answer that this page does not understand. Reload the page.',
    unauthenticated: 'You are not signed in any more. Sign in again.',
    csrf_token_invalid: 'This page is out of date. Reload it and try again.',
    too_many_requests: 'Too many requests at once. Wait a moment and try again.',
    oauth_declined: 'You did not give your consent there. Nothing was changed.',
    oauth_state_invalid: 'That sign-in took too long, or it was begun in another browser. Begin it again here.',
    oauth_code_rejected: 'The provider did not accept its own answer. Begin again.',
    missing_role: 'This person lacks the role that is needed. Nothing was changed. Sign in as an admin of the account.',
    wrong_account: 'That was another account than the one this connector is linked with. Sign in to the right one.',
    account_already_linked:
      'That account is already linked with another one. Nothing was changed. Sign in to the right account, or have the other link ended first: one account belongs to exactly one other.',
    link_invalid: 'This link is not valid any more. Ask for a new one.',
    provider_unavailable: 'The provider cannot be reached at the moment. Try again in some minutes.',
    provider_rejected: 'The provider has refused this. Try again; if it stays, look at the overview.',
    provider_answer_invalid: 'The provider gave an answer that cannot be used. Try again.',
    misconfigured:
      'This service is not set up for that provider yet. Tell its operator: the client id or secret is wrong.',
    internal_error: 'Something went wrong on our side. Try again; if it stays, tell the operator the number below.',
  },
  de: {
    unreachable: 'Der Dienst antwortet nicht. Prüfen Sie das Netz; diese Seite versucht es von selbst wieder.',
    unexpected_answer: 'Der Dienst gab eine Antwort, die diese Seite nicht versteht. Laden Sie die Seite neu.',
    unauthenticated: 'Sie sind nicht mehr angemeldet. Melden Sie sich wieder an.',
    csrf_token_invalid: 'Diese Seite ist veraltet. Laden Sie sie neu und versuchen Sie es noch einmal.',
    too_many_requests: 'Zu viele Anfragen auf einmal. Warten Sie einen Augenblick und versuchen Sie es noch einmal.',
    insufficient_scope: 'Dazu reicht Ihre Berechtigung nicht.',
    not_found: 'Das gibt es nicht (mehr).',
    conflict: 'Das passt nicht zum jetzigen Zustand. Laden Sie die Seite neu.',
    sync_already_running: 'Ein Abgleich läuft bereits.',
    connector_not_active: 'Die Verbindung ist nicht aktiv.',
    reauthorization_required: 'Ein Administrator muss die Verbindung erst wieder autorisieren.',
    payload_too_large: 'Das ist zu groß.',
    user_pending: 'Für diesen Benutzer gibt es noch keine SIP-Zugangsdaten.',
    oauth_declined: 'Sie haben dort nicht zugestimmt. Nichts wurde geändert.',
    oauth_state_invalid:
      'Diese Anmeldung hat zu lange gedauert oder wurde in einem anderen Browser begonnen. Beginnen Sie hier noch einmal.',
    oauth_code_rejected: 'Der Anbieter hat seine eigene Antwort nicht angenommen. Beginnen Sie noch einmal.',
    missing_role:
      'Dieser Person fehlt die nötige Rolle. Nichts wurde geändert. Melden Sie sich als Administrator des Kontos an.',
    wrong_account:
      'Das war ein anderes Konto als das, mit dem diese Verbindung verknüpft ist. Melden Sie sich beim richtigen an.',
    account_already_linked:
      'Dieses Konto ist bereits mit einem anderen verknüpft. Nichts wurde geändert. Melden Sie sich beim richtigen Konto an, oder lassen Sie erst die andere Verknüpfung beenden: Ein Konto gehört zu genau einem anderen.',
    link_invalid: 'Dieser Link gilt nicht mehr. Lassen Sie sich einen neuen geben.',
    provider_unavailable: 'Der Anbieter ist gerade nicht erreichbar. Versuchen Sie es in einigen Minuten wieder.',
    provider_rejected:
      'Der Anbieter hat das abgelehnt. Versuchen Sie es noch einmal; bleibt es so, sehen Sie in die Übersicht.',
    provider_answer_invalid: 'Der Anbieter gab eine unbrauchbare Antwort. Versuchen Sie es noch einmal.',
    misconfigured:
      'Dieser Dienst ist für diesen Anbieter nicht richtig eingerichtet. Sagen Sie es seinem Betreiber: Client-ID oder Client-Secret stimmen nicht.',
    unavailable: 'Der Dienst ist gerade nicht bereit. Versuchen Sie es gleich wieder.',
    internal_error:
      'Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal; bleibt es so, nennen Sie dem Betreiber die Nummer unten.',
  },
};
