/** The form of a sandbox page. */
export interface PageForm {
  /** `zoom` or `cloudlink`. */
  side: string;
  action: string;
  hidden: Record<string, string>;
  /** Values of the persons that can be chosen. */
  persons: string[];
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

export const unescapeHtml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

function attributes(tag: string): Record<string, string> {
  return Object.fromEntries(
    [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescapeHtml(value)]),
  );
}

/** The consent or login form of a page; undefined when there is none. */
export function readForm(html: string): PageForm | undefined {
  const open = /<form [^>]*>/.exec(html)?.[0];
  const form = open === undefined ? {} : attributes(open);
  if (form['data-sandbox'] === undefined || form['action'] === undefined) return undefined;
  const inputs = [...html.matchAll(/<input [^>]*>/g)].map(([tag]) => attributes(tag));
  const hidden = inputs.filter((input) => input['type'] === 'hidden');
  return {
    side: form['data-sandbox'],
    action: form['action'],
    hidden: Object.fromEntries(hidden.map((input) => [input['name'] ?? '', input['value'] ?? ''])),
    persons: inputs.filter((input) => input['type'] === 'radio').map((input) => input['value'] ?? ''),
  };
}

/** Address of the link marked `data-next-step`; undefined when there is none. */
export function readNextStep(html: string): string | undefined {
  const tag = [...html.matchAll(/<a [^>]*>/g)]
    .map(([text]) => text)
    .find((text) => /\sdata-next-step[\s=>]/.test(text));
  return tag === undefined ? undefined : attributes(tag)['href'];
}
