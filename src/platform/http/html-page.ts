import type { Language } from '../config/config';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

/**
 * Nothing from elsewhere may run or load on these pages, and nobody may frame them.
 * @param formTargets origins that a form on the page may lead to, also by redirects: Chrome holds form-action against those too
 */
export const pageHeaders = (formTargets: readonly string[] = []): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action ${
    formTargets.length === 0 ? "'none'" : formTargets.join(' ')
  }; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
});

const STYLE = `:root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:38rem;margin:12vh auto 2rem;padding:0 1.2rem}
h1{font-size:1.6rem;margin:0 0 .6rem}.button{display:inline-block;margin-top:1rem;padding:.6rem 1.1rem;border:0;border-radius:.4rem;background:#0b5cff;color:#fff;font:inherit;text-decoration:none;font-weight:600;cursor:pointer}
.plain{margin-left:1rem;padding:.6rem .2rem;border:0;background:none;color:inherit;font:inherit;text-decoration:underline;cursor:pointer}
.button:focus-visible,.plain:focus-visible{outline:3px solid currentColor;outline-offset:3px}small{display:block;margin-top:2.2rem;opacity:.75;overflow-wrap:anywhere}`;

export interface PageParts {
  language: Language;
  title: string;
  paragraphs: string[];
  /** After the paragraphs. */
  list?: string[];
  link?: { href: string; label: string; nextStep: boolean };
  /** A form without fields: each button says one thing. The first one is the one to press. */
  form?: { action: string; buttons: { name: string; value: string; label: string }[] };
  /** For those whom the page is not right for; a plain link. */
  otherWay?: { href: string; label: string };
  small?: string;
}

/** A page for a person in a browser; every text of it is escaped here. */
export function htmlPage(parts: PageParts): string {
  const { link, form, list, otherWay } = parts;
  return [
    `<!doctype html><html lang="${parts.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<title>${escape(parts.title)} – Zoom CloudLink Connector</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escape(parts.title)}</h1>`,
    ...parts.paragraphs.map((text) => `<p>${escape(text)}</p>`),
    list === undefined ? '' : `<ul>${list.map((text) => `<li>${escape(text)}</li>`).join('')}</ul>`,
    form === undefined ? '' : formOf(form),
    link === undefined
      ? ''
      : `<a class="button" href="${escape(link.href)}"${link.nextStep ? ' data-next-step' : ''}>${escape(link.label)}</a>`,
    otherWay === undefined ? '' : `<p><a href="${escape(otherWay.href)}">${escape(otherWay.label)}</a></p>`,
    parts.small === undefined ? '' : `<small>${escape(parts.small)}</small>`,
    '</main></body></html>\n',
  ].join('');
}

function formOf({ action, buttons }: NonNullable<PageParts['form']>): string {
  const tags = buttons.map(
    ({ name, value, label }, index) =>
      `<button class="${index === 0 ? 'button' : 'plain'}" name="${escape(name)}" value="${escape(value)}">${escape(label)}</button>`,
  );
  return `<form method="post" action="${escape(action)}">${tags.join('')}</form>`;
}
