import type { Language } from '../platform/config/config';
import { describeSipCode } from '../sip/sip-codes';
import type { DiagnosisCode } from './diagnosis-code';
import type { CheckFacts, ConnectorFacts, TargetFacts, UserFacts } from './facts';
import type { Cause } from './rules/diagnose-user';
import { causeOf } from './rules/target-cause';
import type { CauseText, DiagnosisTexts } from './texts/text-shape';
import { german } from './texts/texts.de';
import { english } from './texts/texts.en';

const TEXTS: Record<Language, DiagnosisTexts> = { en: english, de: german };
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

/** What is said of one user, or of all users of one cause. */
export interface CauseToTell {
  code: DiagnosisCode;
  target: TargetFacts | null;
  failure: Cause['failure'];
  /** Where it is about one user. */
  user?: UserFacts;
}

export interface CauseWords extends CauseText {
  /** What was seen, a sentence each. */
  evidence: string[];
}

/** A cause in words: what is wrong, what shows it, who should do what. Pure. */
export function describeCause(cause: CauseToTell, connector: ConnectorFacts, language: Language): CauseWords {
  const texts = TEXTS[language];
  const { target, failure } = cause;
  const { title, nextStep } = texts.causes[cause.code]({
    target: target === null ? undefined : nameOf(target, texts),
    platform: failure?.platform,
  });
  return { title, nextStep, evidence: [...evidenceOf(cause, connector, texts, language)] };
}

/** IPv6 in brackets, as in every address with a port. */
export const addressOf = ({ host, port }: TargetFacts): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

const nameOf = (target: TargetFacts, texts: DiagnosisTexts): string =>
  `${texts.roles[target.role]} ${addressOf(target)}`;

function* evidenceOf(
  cause: CauseToTell,
  connector: ConnectorFacts,
  texts: DiagnosisTexts,
  language: Language,
): Iterable<string> {
  const { code, target, failure, user } = cause;
  const time = (date: Date): string =>
    `${new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(date)} UTC`;
  if (target !== null && target.reason !== null && causeOf(target) === code) {
    yield texts.probe[target.reason];
    if (target.since !== null) yield texts.looked(addressOf(target), time(target.since));
  }
  if (target?.notAfter != null && ABOUT_TIME.has(code)) yield texts.certificateUntil(time(target.notAfter));
  if (failure?.code != null && failure.source !== null) yield* reported(failure.code, failure.source, texts, language);
  if (code === 'registrar_lost_users') yield texts.lostLately(connector.lostLately.users);
  if (code === 'licence_missing' && user !== undefined) yield* licences(user, texts);
  if (user?.check != null && !ABOUT_TARGET.has(code)) yield* checked(user.check, texts);
  if (code === 'sync_stale')
    yield connector.syncedAt === null ? texts.neverRead : texts.lastRead(time(connector.syncedAt));
}

const ABOUT_TIME: ReadonlySet<DiagnosisCode> = new Set(['certificate_expired', 'certificate_expiring']);
/** Where the registrar could not be asked either. */
const ABOUT_TARGET: ReadonlySet<DiagnosisCode> = new Set([
  'certificate_expired',
  'certificate_not_yet_valid',
  'certificate_untrusted',
  'certificate_name_mismatch',
  'client_certificate_required',
  'target_down',
  'target_silent',
  'target_wrong_port',
]);

function* reported(
  code: number,
  source: NonNullable<NonNullable<Cause['failure']>['source']>,
  texts: DiagnosisTexts,
  language: Language,
): Iterable<string> {
  const { phrase, meaning } = describeSipCode(code, source, language);
  yield texts.reported({ code, phrase, made: source === 'registrar' ? 'registrar' : 'app' });
  if (source === 'registrar') yield meaning;
}

function* licences({ teleworker, zoomPsi }: UserFacts, texts: DiagnosisTexts): Iterable<string> {
  if (zoomPsi === false) yield texts.noPsiLicence;
  if (teleworker !== null) yield texts.licences(teleworker);
}

function* checked({ result, bindings }: CheckFacts, texts: DiagnosisTexts): Iterable<string> {
  yield texts.registrar(result);
  if (result === 'accepted') yield texts.bindings(bindings);
}
