import type { Language } from '../../platform/config/config';
import { describeAlert, TEXTS } from '../texts/texts';
import type { Message } from './pending-delivery';

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

/** What a person reads: in one language, as plain text and as simple HTML that loads nothing. */
export function mailBody(message: Message, language: Language): Mail {
  const { alert, connector, grant, reauthorize } = message;
  const words = TEXTS[language].mail;
  const text = describeAlert(
    { ...alert, admin: grant?.admin ?? null, formerAdmin: message.formerAdmin, mustAct: message.mustAct },
    language,
  );
  const name = connector.name === '' ? message.connectorId : connector.name;
  const facts: [label: string, value: string | null][] = [
    [words.connector, connector.name === '' ? message.connectorId : `${connector.name} (${message.connectorId})`],
    [words.zoomAccount, connector.zoomAccountId],
    [words.cloudlinkAccount, connector.cloudlinkAccountId],
    [words.admin, nameAdmin(grant)],
    [words.since, showTime(alert.at, language)],
  ];
  const shown = facts.filter((fact): fact is [string, string] => fact[1] !== null);
  const validUntil = reauthorize === undefined ? '' : words.validUntil(showTime(reauthorize.expiresAt, language));
  return {
    subject: `${text.title} – ${name}`,
    text: [
      words.greeting,
      text.body,
      text.nextStep,
      ...(reauthorize === undefined ? [] : [`${words.authorise}: ${reauthorize.url}\n${validUntil}`]),
      shown.map(([label, value]) => `${label}: ${value}`).join('\n'),
      `-- \n${words.automatic}`,
    ].join('\n\n'),
    html: [
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escape(text.title)}</title></head>`,
      '<body style="font:16px/1.5 sans-serif;max-width:38em">',
      `<p>${escape(words.greeting)}</p><p>${escape(text.body)}</p><p><strong>${escape(text.nextStep)}</strong></p>`,
      reauthorize === undefined
        ? ''
        : `<p><a href="${escape(reauthorize.url)}">${escape(words.authorise)}</a><br><small>${escape(validUntil)}</small></p>`,
      `<p>${shown.map(([label, value]) => `${escape(label)}: ${escape(value)}`).join('<br>')}</p>`,
      `<p><small>${escape(words.automatic)}</small></p></body></html>\n`,
    ].join(''),
  };
}

function nameAdmin(grant: Message['grant']): string | null {
  if (grant === null || grant.admin === null) return null;
  return grant.role === null ? grant.admin : `${grant.admin} (${grant.role})`;
}

const showTime = (time: Date, language: Language): string =>
  `${new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(time)} UTC`;
