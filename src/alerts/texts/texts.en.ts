import { joinSentences } from './join-sentences';
import type { Texts, TextFacts } from './text-shape';

type Facts = Omit<TextFacts, 'reason'>;

const provider = (facts: Facts): string => facts.provider ?? 'the provider';
const Provider = (facts: Facts): string => facts.provider ?? 'The provider';
const Admin = (facts: Facts): string => facts.admin ?? 'The admin';
const given = (facts: Facts): string =>
  facts.admin === undefined
    ? `The authorisation at ${provider(facts)}`
    : `The authorisation that ${facts.admin} gave at ${provider(facts)}`;

const endsIn = (certificate: Facts['certificate']): string => {
  if (certificate === undefined) return 'is about to expire';
  if (certificate.daysLeft < 1) return 'expires in less than a day';
  return certificate.daysLeft === 1 ? 'expires in a day' : `expires in ${certificate.daysLeft} days`;
};

const PAUSED = 'Users keep their last credentials and can go on making calls; only syncing pauses.';
const NOTHING_TO_DO = 'You do not have to do anything.';
const reserve = (facts: Facts): string =>
  `${NOTHING_TO_DO} To have a reserve again, let one more admin authorise at ${provider(facts)}.`;
const authoriseAgain = (facts: Facts): string =>
  `An admin of the ${facts.provider ?? 'provider’s'} account must authorise again: open the link, sign in and agree. ` +
  'It may be another admin than before, as long as they hold the required role.';

export const english: Texts = {
  kinds: {
    'grant.at_risk': (facts) => ({
      title: `The authorisation at ${provider(facts)} is at risk`,
      body: joinSentences(`${given(facts)} may soon stop working.`, facts.reason, 'For now everything works.'),
      nextStep: `Act before syncing pauses. ${authoriseAgain(facts)}`,
    }),
    'grant.dead': (facts) => ({
      title: `An authorisation at ${provider(facts)} has ended`,
      body: joinSentences(
        `${given(facts)} no longer works.`,
        facts.reason,
        facts.mustAct ? PAUSED : 'The authorisation of another admin is in use, so syncing goes on.',
      ),
      nextStep: facts.mustAct ? authoriseAgain(facts) : reserve(facts),
    }),
    'grant.switched': (facts) => ({
      title: `Another authorisation at ${provider(facts)} is in use`,
      body: joinSentences(
        'The authorisation that was in use until now no longer works.',
        facts.reason,
        facts.admin === undefined
          ? 'The one of another admin has taken over. Syncing goes on.'
          : `The one that ${facts.admin} gave has taken over. Syncing goes on.`,
      ),
      nextStep: reserve(facts),
    }),
    'connector.reauthorization_required': (facts) => ({
      title: `An admin must authorise again at ${provider(facts)}`,
      body: joinSentences(
        `The connector has no working authorisation at ${provider(facts)} any more.`,
        facts.reason,
        PAUSED,
      ),
      nextStep: authoriseAgain(facts),
    }),
    'connector.recovered': () => ({
      title: 'The connector works again',
      body: 'Zoom and Mitel CloudLink are both authorised. Syncing goes on.',
      nextStep: NOTHING_TO_DO,
    }),
    'connector.disconnected': (facts) => ({
      title: 'The connector is disconnected',
      body: joinSentences(
        'Zoom and Mitel CloudLink are no longer linked.',
        facts.reason,
        'Users are no longer synced.',
      ),
      nextStep: `If this was intended, ${NOTHING_TO_DO.replace('You', 'you')} If not, connect both accounts again.`,
    }),
    'target.certificate_expiring': ({ certificate }) => ({
      title: `The certificate of ${certificate?.target ?? 'a registration target'} ${endsIn(certificate)}`,
      body: joinSentences(
        certificate === undefined
          ? 'A certificate of a registration target is about to expire.'
          : `It was made out to ${certificate.subject === '' ? 'nobody by name' : certificate.subject} and is valid until ${certificate.endsOn}.`,
        'From then on apps refuse the connection, and nobody who uses this target can register or be called.',
      ),
      nextStep: 'Have a new certificate made for the SBC or PBX, with the same names in it, and install it there.',
    }),
  },
  reasons: {
    invalid_grant: (facts) =>
      `${Provider(facts)} says that it is no longer valid: it was revoked, replaced, or not used for too long.`,
    no_refresh_token: (facts) => `${Provider(facts)} has given us nothing to renew it with.`,
    role_missing: (facts) => `${Admin(facts)} no longer holds the required role.`,
    user_left: (facts) => `${Admin(facts)} is no longer a member of the account.`,
    user_deactivated: (facts) => `${Admin(facts)} was deactivated.`,
    app_deauthorized: (facts) => `The app was removed at ${provider(facts)}.`,
    app_disabled: (facts) => `The app was disabled at ${provider(facts)}.`,
    disconnected_by_admin: () => 'An admin or operator has asked for it.',
    grace_period_over: () =>
      'The app had been removed in Zoom, and nobody authorised again in the time after that. All credentials are destroyed.',
    token_refused: (facts) => `${Provider(facts)} refuses our access, also right after it was renewed.`,
    keep_alive_failed: () => 'The regular renewal that keeps it alive does not succeed.',
    client_secret_refused: (facts) =>
      `${Provider(facts)} refuses the client secret: it was changed, or it has run out.`,
    subscription_failed: (facts) => `${Provider(facts)} does not let us subscribe to changes.`,
  },
  otherReason: (code) => `Reason: ${code}.`,
  mail: {
    greeting: 'Hello,',
    authorise: 'Authorise again',
    validUntil: (time) => `The link works until ${time}.`,
    connector: 'Connector',
    zoomAccount: 'Zoom account',
    cloudlinkAccount: 'CloudLink account',
    admin: 'Authorised by',
    since: 'Since',
    automatic: 'The Zoom CloudLink Connector has sent this message by itself. Nobody reads answers to it.',
  },
};
