import type { Texts } from '../../../language/language';

/** Why a run failed, or waits, by its code; the others in the API's own words. */
export const RUN_ERROR_TEXTS: Texts<Record<string, string>> = {
  en: {
    provider_unavailable: 'Zoom or CloudLink could not be reached. The next sync tries again by itself.',
    reauthorization_required: 'an admin must authorise again.',
    superseded: 'a newer sync has taken its place.',
    interrupted: 'the service was stopped too often meanwhile. Start it again.',
  },
  de: {
    provider_unavailable:
      'Zoom oder CloudLink war nicht erreichbar. Der nächste Abgleich versucht es von selbst wieder.',
    provider_rejected: 'Zoom oder CloudLink hat eine Anfrage abgelehnt.',
    provider_answer_invalid: 'Zoom oder CloudLink gab eine unbrauchbare Antwort.',
    reauthorization_required: 'Ein Administrator muss neu autorisieren.',
    superseded: 'Ein neuerer Abgleich ist an seine Stelle getreten.',
    interrupted: 'Der Dienst wurde währenddessen zu oft beendet. Starten Sie ihn noch einmal.',
    page_loop: 'CloudLink lieferte immer wieder dieselbe Seite.',
    internal_error: 'Bei uns ist etwas schiefgegangen.',
  },
};
