import { joinSentences } from './join-sentences';
import type { Texts, TextFacts } from './text-shape';

type Facts = Omit<TextFacts, 'reason'>;

const at = (facts: Facts): string => (facts.provider === undefined ? 'beim Anbieter' : `bei ${facts.provider}`);
const Provider = (facts: Facts): string => facts.provider ?? 'Der Anbieter';
const Admin = (facts: Facts): string => facts.admin ?? 'Der Administrator';
const given = (facts: Facts): string =>
  facts.admin === undefined ? `Die Autorisierung ${at(facts)}` : `Die Autorisierung von ${facts.admin} ${at(facts)}`;

const endsIn = (certificate: Facts['certificate']): string => {
  if (certificate === undefined) return 'bald';
  if (certificate.daysLeft < 1) return 'in weniger als einem Tag';
  return certificate.daysLeft === 1 ? 'in einem Tag' : `in ${certificate.daysLeft} Tagen`;
};

const PAUSED =
  'Die Benutzer behalten ihre letzten Zugangsdaten und können weiter telefonieren; nur der Abgleich pausiert.';
const NOTHING_TO_DO = 'Sie müssen nichts tun.';
const reserve = (facts: Facts): string =>
  `${NOTHING_TO_DO} Damit es wieder eine Reserve gibt, lassen Sie einen weiteren Administrator ${at(facts)} autorisieren.`;
const authoriseAgain = (facts: Facts): string =>
  `Ein Administrator des Kontos ${at(facts)} muss neu autorisieren: Öffnen Sie den Link, melden Sie sich an und stimmen Sie zu. ` +
  'Es darf ein anderer Administrator sein als bisher, wenn er die nötige Rolle hat.';

export const german: Texts = {
  kinds: {
    'grant.at_risk': (facts) => ({
      title: `Die Autorisierung ${at(facts)} ist gefährdet`,
      body: joinSentences(`${given(facts)} gilt vielleicht bald nicht mehr.`, facts.reason, 'Noch funktioniert alles.'),
      nextStep: `Handeln Sie, bevor der Abgleich pausiert. ${authoriseAgain(facts)}`,
    }),
    'grant.dead': (facts) => ({
      title: `Eine Autorisierung ${at(facts)} ist erloschen`,
      body: joinSentences(
        `${given(facts)} gilt nicht mehr.`,
        facts.reason,
        facts.mustAct
          ? PAUSED
          : 'Die Autorisierung eines anderen Administrators wird verwendet; der Abgleich läuft weiter.',
      ),
      nextStep: facts.mustAct ? authoriseAgain(facts) : reserve(facts),
    }),
    'grant.switched': (facts) => ({
      title: `Eine andere Autorisierung ${at(facts)} wird verwendet`,
      body: joinSentences(
        'Die bisher verwendete Autorisierung gilt nicht mehr.',
        facts.reason,
        facts.admin === undefined
          ? 'Die eines anderen Administrators ist eingesprungen. Der Abgleich läuft weiter.'
          : `Die von ${facts.admin} ist eingesprungen. Der Abgleich läuft weiter.`,
      ),
      nextStep: reserve(facts),
    }),
    'connector.reauthorization_required': (facts) => ({
      title: `Ein Administrator muss ${at(facts)} neu autorisieren`,
      body: joinSentences(`Der Connector hat ${at(facts)} keine gültige Autorisierung mehr.`, facts.reason, PAUSED),
      nextStep: authoriseAgain(facts),
    }),
    'connector.recovered': () => ({
      title: 'Der Connector arbeitet wieder',
      body: 'Zoom und Mitel CloudLink sind beide autorisiert. Der Abgleich läuft weiter.',
      nextStep: NOTHING_TO_DO,
    }),
    'connector.disconnected': (facts) => ({
      title: 'Der Connector ist getrennt',
      body: joinSentences(
        'Zoom und Mitel CloudLink sind nicht mehr verknüpft.',
        facts.reason,
        'Die Benutzer werden nicht mehr abgeglichen.',
      ),
      nextStep: 'Falls das beabsichtigt war, müssen Sie nichts tun. Falls nicht, verbinden Sie beide Konten neu.',
    }),
    'target.certificate_expiring': ({ certificate }) => ({
      title: `Das Zertifikat von ${certificate?.target ?? 'einem Registrierungsziel'} läuft ${endsIn(certificate)} ab`,
      body: joinSentences(
        certificate === undefined
          ? 'Ein Zertifikat eines Registrierungsziels läuft bald ab.'
          : `Es ist auf ${certificate.subject === '' ? 'keinen Namen' : certificate.subject} ausgestellt und gilt bis ${certificate.endsOn}.`,
        'Danach lehnen Apps die Verbindung ab: Wer dieses Ziel verwendet, kann sich nicht registrieren und nicht angerufen werden.',
      ),
      nextStep:
        'Lassen Sie für den SBC oder die Telefonanlage ein neues Zertifikat mit denselben Namen ausstellen, und installieren Sie es dort.',
    }),
  },
  reasons: {
    invalid_grant: (facts) =>
      `${Provider(facts)} erklärt sie für ungültig: Sie wurde widerrufen, ersetzt oder zu lange nicht verwendet.`,
    no_refresh_token: (facts) => `${Provider(facts)} hat uns nichts gegeben, womit sie sich erneuern ließe.`,
    role_missing: (facts) => `${Admin(facts)} hat die nötige Rolle nicht mehr.`,
    user_left: (facts) => `${Admin(facts)} gehört nicht mehr zum Konto.`,
    user_deactivated: (facts) => `${Admin(facts)} wurde deaktiviert.`,
    app_deauthorized: (facts) => `Die App wurde ${at(facts)} entfernt.`,
    app_disabled: (facts) => `Die App wurde ${at(facts)} deaktiviert.`,
    disconnected_by_admin: () => 'Ein Administrator oder Betreiber hat es so veranlasst.',
    grace_period_over: () =>
      'Die App war in Zoom entfernt worden, und in der Frist danach hat niemand neu autorisiert. Alle Zugangsdaten sind vernichtet.',
    token_refused: (facts) => `${Provider(facts)} verweigert uns den Zugriff, auch gleich nach dem Erneuern.`,
    keep_alive_failed: () => 'Die regelmäßige Erneuerung, die sie gültig hält, gelingt nicht.',
    client_secret_refused: (facts) =>
      `${Provider(facts)} lehnt das Client-Secret ab: Es wurde geändert oder ist abgelaufen.`,
    subscription_failed: (facts) => `${Provider(facts)} lässt uns Änderungen nicht abonnieren.`,
  },
  otherReason: (code) => `Grund: ${code}.`,
  mail: {
    greeting: 'Guten Tag!',
    authorise: 'Neu autorisieren',
    validUntil: (time) => `Der Link gilt bis ${time}.`,
    connector: 'Connector',
    zoomAccount: 'Zoom-Konto',
    cloudlinkAccount: 'CloudLink-Konto',
    admin: 'Autorisiert von',
    since: 'Seit',
    automatic: 'Der Zoom CloudLink Connector hat diese Nachricht selbst versandt. Antworten darauf liest niemand.',
  },
};
