import type { Texts } from '../../../language/language';
import { wordFor } from '../../../language/word-for';

/** Who authorised, and where, as a sentence names them. */
interface ReasonFacts {
  admin: string | null;
  provider: string;
}

type Clause = (facts: ReasonFacts) => string;

interface ReasonTexts {
  /** What ended or endangers an authorisation: a clause that begins a sentence, without its full stop. */
  clauses: Record<string, Clause>;
  other: (facts: ReasonFacts, code: string) => string;
}

const who = (facts: ReasonFacts): string => facts.admin ?? 'The admin';
const wer = (facts: ReasonFacts): string => facts.admin ?? 'Der Administrator';
const ofAdmin = ({ admin }: ReasonFacts): string => (admin === null ? '' : ` that ${admin} gave`);
const vonAdmin = ({ admin }: ReasonFacts): string => (admin === null ? '' : ` von ${admin}`);

export const REASON_TEXTS: Texts<ReasonTexts> = {
  en: {
    clauses: {
      invalid_grant: (facts) =>
        `The authorisation${ofAdmin(facts)} is no longer valid at ${facts.provider}: it was revoked, replaced or not used for too long`,
      no_refresh_token: (facts) =>
        `${facts.provider} has given nothing to renew the authorisation${ofAdmin(facts)} with`,
      role_missing: (facts) => `${who(facts)} no longer holds the required role at ${facts.provider}`,
      user_left: (facts) => `${who(facts)} has left the ${facts.provider} account`,
      user_deactivated: (facts) => `${who(facts)} was deactivated at ${facts.provider}`,
      app_deauthorized: (facts) => `The app was removed at ${facts.provider}`,
      app_disabled: (facts) => `The app was disabled at ${facts.provider}`,
      token_refused: (facts) =>
        `${facts.provider} refuses access with the authorisation${ofAdmin(facts)}, also right after it was renewed`,
      keep_alive_failed: (facts) =>
        `The regular renewal of the authorisation${ofAdmin(facts)} at ${facts.provider} does not succeed`,
      client_secret_refused: (facts) =>
        `${facts.provider} refuses the client secret: it was changed, or it has run out`,
      service_client_removed: () => 'The service client was taken out',
      service_client_rotated: () => 'The service client was replaced by another one',
      disconnected: () => 'The connector was disconnected',
      not_authorised: ({ provider }) => `Nobody has authorised the connector at ${provider} yet`,
    },
    other: ({ provider }, code) => `The authorisation at ${provider} has ended (${code})`,
  },
  de: {
    clauses: {
      invalid_grant: (facts) =>
        `Die Autorisierung${vonAdmin(facts)} gilt bei ${facts.provider} nicht mehr: Sie wurde widerrufen, ersetzt oder zu lange nicht verwendet`,
      no_refresh_token: (facts) =>
        `${facts.provider} hat nichts gegeben, womit sich die Autorisierung${vonAdmin(facts)} erneuern ließe`,
      role_missing: (facts) => `${wer(facts)} hat bei ${facts.provider} die nötige Rolle nicht mehr`,
      user_left: (facts) => `${wer(facts)} gehört nicht mehr zum ${facts.provider}-Konto`,
      user_deactivated: (facts) => `${wer(facts)} wurde bei ${facts.provider} deaktiviert`,
      app_deauthorized: (facts) => `Die App wurde bei ${facts.provider} entfernt`,
      app_disabled: (facts) => `Die App wurde bei ${facts.provider} deaktiviert`,
      token_refused: (facts) =>
        `${facts.provider} verweigert den Zugriff mit der Autorisierung${vonAdmin(facts)}, auch gleich nach dem Erneuern`,
      keep_alive_failed: (facts) =>
        `Die regelmäßige Erneuerung der Autorisierung${vonAdmin(facts)} bei ${facts.provider} gelingt nicht`,
      client_secret_refused: (facts) =>
        `${facts.provider} lehnt das Client-Secret ab: Es wurde geändert oder ist abgelaufen`,
      service_client_removed: () => 'Der Dienst-Client wurde herausgenommen',
      service_client_rotated: () => 'Der Dienst-Client wurde durch einen anderen ersetzt',
      disconnected: () => 'Der Connector wurde getrennt',
      not_authorised: ({ provider }) => `Bei ${provider} hat noch niemand den Connector autorisiert`,
    },
    other: ({ provider }, code) => `Die Autorisierung bei ${provider} ist erloschen (${code})`,
  },
};

/** A code of the API as the begin of a sentence. */
export const reasonClause = (texts: ReasonTexts, code: string, facts: ReasonFacts): string =>
  wordFor(texts.clauses, code)?.(facts) ?? texts.other(facts, code);
