import type { Language } from '../../platform/config/config';
import type { AppError, ErrorCode } from '../../platform/errors/app-error';
import { htmlPage } from '../../platform/http/html-page';
import type { LinkResult, OtherSide } from '../authorisation-listener';
import { PROVIDER_NAMES, PROVIDERS, otherProvider, type Provider } from '../provider';
import { TEXTS } from './texts';

/** After one side: what is left to do, or that all is done. */
export function renderLinked(language: Language, done: Provider, result: LinkResult, publicUrl: string): string {
  const texts = TEXTS[language];
  const accounts = PROVIDERS.flatMap((provider) => {
    const account = result.accounts[provider];
    return account === null ? [] : [`${PROVIDER_NAMES[provider]}: ${account}`];
  });
  const small = [...accounts, `${texts.connector}: ${result.connectorId}`].join(' · ');
  const standby = result.standby ? [texts.standbyText(done)] : [];
  if (result.missing === undefined) {
    return htmlPage({
      language,
      title: texts.connectedTitle,
      paragraphs: [texts.connectedText, ...standby],
      link: { href: `${publicUrl}/`, label: texts.toConsole, nextStep: false },
      small,
    });
  }
  return htmlPage({
    language,
    title: texts.halfTitle(done),
    paragraphs: [texts.halfText(result.missing), ...standby],
    link: {
      href: `${publicUrl}/oauth/${result.missing}/start`,
      label: texts.nextStep(otherProvider(done)),
      nextStep: true,
    },
    small,
  });
}

/** Before a link joins two accounts for the first time: which ones, and who asks for it. */
export function renderConfirmation(language: Language, provider: Provider, other: OtherSide, goOn: string): string {
  const texts = TEXTS[language];
  return htmlPage({
    language,
    title: texts.confirmTitle(provider),
    paragraphs: [texts.confirmText(provider, other), texts.confirmAdvice],
    link: { href: goOn, label: texts.nextStep(provider), nextStep: true },
  });
}

/** Their messages name what the general German text cannot: accounts, persons. */
const PRECISE: ReadonlySet<ErrorCode> = new Set([
  'missing_role',
  'account_already_linked',
  'wrong_account',
  'authorization_expired',
]);
/** Starting again without the link would set up another connector. */
const NEED_THE_LINK: ReadonlySet<ErrorCode> = new Set(['wrong_account', 'link_invalid', 'authorization_expired']);

/**
 * What happened, what to do, and a way to start again.
 * @param interaction the authorization at us that waits for this sign-in
 */
export function renderError(
  language: Language,
  provider: Provider,
  error: AppError,
  requestId: string,
  publicUrl: string,
  interaction: string | undefined,
): string {
  const texts = TEXTS[language];
  const link =
    interaction === undefined
      ? { href: `${publicUrl}/oauth/${provider}/start`, label: texts.tryAgain(provider), nextStep: false }
      : { href: `${publicUrl}/oauth/interaction/${interaction}/sign-in`, label: texts.signInAgain, nextStep: false };
  // The German text is general; the precise message follows it, so that no information is lost.
  const general = texts.whatHappened[error.code];
  return htmlPage({
    language,
    title: texts.errorTitle,
    paragraphs: [
      ...(general === undefined ? [] : [general]),
      ...(general !== undefined && !PRECISE.has(error.code) ? [] : [error.message]),
      texts.advice[error.code] ?? texts.fallbackAdvice,
    ],
    ...(NEED_THE_LINK.has(error.code) ? {} : { link }),
    small: `${texts.reference}: ${requestId} (${error.code})`,
  });
}
