const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

const STYLE =
  ':root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:36rem;margin:8vh auto;padding:0 1.2rem}' +
  'label{display:block;padding:.35rem 0}button{font:inherit;margin:1rem .6rem 0 0;padding:.5rem 1.1rem}' +
  '.sandbox{border:1px solid;border-radius:.4rem;padding:.4rem .8rem;opacity:.8}';

/** A page of an emulated provider. It says on top that it is one, so that nobody types a real password into it. */
export function page(title: string, body: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">` +
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>` +
    `<p class="sandbox">Sandbox: this page stands in for the real provider. No real account is involved.</p>` +
    `<h1>${escapeHtml(title)}</h1>${body}</body></html>\n`
  );
}

export interface Choice {
  value: string;
  label: string;
}

export interface ChoiceForm {
  /** Marks the form for scripts: `zoom` or `cloudlink`. */
  side: string;
  action: string;
  hidden: Record<string, string>;
  choices: Choice[];
  /** The value that is chosen when the page opens; the first one where there is no such. */
  chosen?: string | undefined;
  allow: string;
  decline: string;
}

/** One form: who are you, and two buttons named `decision` (`allow`, `decline`). Works without scripts and is easy to parse. */
export function choiceForm(form: ChoiceForm): string {
  const hidden = Object.entries(form.hidden)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  const chosen = Math.max(
    0,
    form.choices.findIndex(({ value }) => value === form.chosen),
  );
  const choices = form.choices
    .map(
      ({ value, label }, place) =>
        `<label><input type="radio" name="person" value="${escapeHtml(value)}"${place === chosen ? ' checked' : ''}> ${escapeHtml(label)}</label>`,
    )
    .join('');
  return (
    `<form method="post" action="${escapeHtml(form.action)}" data-sandbox="${escapeHtml(form.side)}">${hidden}` +
    `<fieldset><legend>Who are you?</legend>${choices}</fieldset>` +
    `<button name="decision" value="allow">${escapeHtml(form.allow)}</button>` +
    `<button name="decision" value="decline">${escapeHtml(form.decline)}</button></form>`
  );
}
