import type { Language } from '../../platform/config/config';
import type { AppError, ErrorCode } from '../../platform/errors/app-error';
import type { LinkResult } from '../authorisation-listener';
import { PROVIDER_NAMES, PROVIDERS, otherProvider, type Provider } from '../provider';
import { TEXTS } from './texts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

/** Nothing from elsewhere may run or load on these pages, and nobody may frame them. */
export const PAGE_HEADERS: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

const STYLE = `:root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:38rem;margin:12vh auto 2rem;padding:0 1.2rem}
h1{font-size:1.6rem;margin:0 0 .6rem}a.button{display:inline-block;margin-top:1rem;padding:.6rem 1.1rem;border-radius:.4rem;background:#0b5cff;color:#fff;text-decoration:none;font-weight:600}
a.button:focus-visible{outline:3px solid currentColor;outline-offset:3px}small{display:block;margin-top:2.2rem;opacity:.75;overflow-wrap:anywhere}`;

interface Parts {
  language: Language;
  title: string;
  paragraphs: string[];
  link?: { href: string; label: string; nextStep: boolean };
  small?: string;
}

function page(parts: Parts): string {
  const link = parts.link;
  return [
    `<!doctype html><html lang="${parts.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<title>${escape(parts.title)} – Zoom CloudLink Connector</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escape(parts.title)}</h1>`,
    ...parts.paragraphs.map((text) => `<p>${escape(text)}</p>`),
    link === undefined
      ? ''
      : `<a class="button" href="${escape(link.href)}"${link.nextStep ? ' data-next-step' : ''}>${escape(link.label)}</a>`,
    parts.small === undefined ? '' : `<small>${escape(parts.small)}</small>`,
    '</main></body></html>\n',
  ].join('');
}

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
    return page({ language, title: texts.connectedTitle, paragraphs: [texts.connectedText, ...standby], small });
  }
  return page({
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

/** Their messages name what the general German text cannot: accounts, persons. */
const PRECISE: ReadonlySet<ErrorCode> = new Set(['missing_role', 'account_already_linked', 'wrong_account']);
/** Starting again without the link would set up another connector. */
const NEED_THE_LINK: ReadonlySet<ErrorCode> = new Set(['wrong_account', 'link_invalid']);

/** What happened, what to do, and a way to start again. */
export function renderError(
  language: Language,
  provider: Provider,
  error: AppError,
  requestId: string,
  publicUrl: string,
): string {
  const texts = TEXTS[language];
  // The German text is general; the precise message follows it, so that no information is lost.
  const general = texts.whatHappened[error.code];
  return page({
    language,
    title: texts.errorTitle,
    paragraphs: [
      ...(general === undefined ? [] : [general]),
      ...(general !== undefined && !PRECISE.has(error.code) ? [] : [error.message]),
      texts.advice[error.code] ?? texts.fallbackAdvice,
    ],
    ...(NEED_THE_LINK.has(error.code)
      ? {}
      : { link: { href: `${publicUrl}/oauth/${provider}/start`, label: texts.tryAgain(provider), nextStep: false } }),
    small: `${texts.reference}: ${requestId} (${error.code})`,
  });
}
