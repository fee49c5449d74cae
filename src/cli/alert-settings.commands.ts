import { Option, type Command } from 'commander';
import type { AlertSettingsView } from '../alerts/settings/alert-settings';
import type { AlertWebhook } from '../alerts/settings/alert-webhooks';
import type { Language } from '../platform/config/config';
import { addCommand, type Answer, type CommandLine } from './command-line';
import { operator } from './operator';
import { alertSettings, alertWebhooks } from './open-alerts';
import { connectorId, uuidOf } from './parse-options';

const CONNECTOR = ['--connector <id>', 'the connector', connectorId] as const;

interface SettingsOptions {
  connector: string;
  language?: Language | 'default';
  /** false: --no-emails. */
  emails: boolean;
  email?: string[];
}

/** Who is told of a connector, and in which language. */
export function addAlertSettingsCommands(alerts: Command, line: CommandLine): void {
  addCommand<SettingsOptions>(
    alerts,
    line,
    'settings',
    'show who is told, or change it',
    async (session, { connector, language, emails, email }) => {
      const settings = alertSettings(session);
      const change = {
        ...(language === undefined ? {} : { language: language === 'default' ? null : language }),
        ...(email !== undefined ? { emails: email } : emails ? {} : { emails: [] }),
      };
      const now =
        Object.keys(change).length === 0
          ? await settings.get(connector)
          : await settings.change(connector, change, operator());
      return describe(now, await alertWebhooks(session).list(connector));
    },
  )
    .requiredOption(...CONNECTOR)
    .addOption(new Option('--language <language>', 'of the mails').choices(['en', 'de', 'default']))
    .addOption(
      new Option('--email <address>', 'write to this address and to no other; may be repeated')
        .argParser((address: string, others: string[] | undefined) => [...(others ?? []), address])
        .conflicts('emails'),
    )
    .option('--no-emails', 'write to nobody');

  addCommand<{ connector: string; url: string }>(
    alerts,
    line,
    'add-webhook',
    'have alerts posted to a URL, and print the secret that signs them, once',
    async (session, { connector, url }) => {
      const added = await alertWebhooks(session).add(connector, url, operator());
      return {
        document: added,
        text: `webhook  ${added.id}\nurl      ${added.url}\nsecret   ${added.secret}\nThe secret is shown this once.`,
      };
    },
  )
    .requiredOption(...CONNECTOR)
    .requiredOption('--url <url>', 'an https address on the internet');

  addCommand<{ connector: string; webhook: string }>(
    alerts,
    line,
    'remove-webhook',
    'post no more alerts to a URL',
    async (session, { connector, webhook }) => {
      await alertWebhooks(session).remove(connector, webhook, operator());
      return { document: { id: webhook, removed: true }, text: `Removed ${webhook}.` };
    },
  )
    .requiredOption(...CONNECTOR)
    .requiredOption('--webhook <id>', 'as printed by alerts settings', uuidOf('a webhook'));
}

function describe(settings: AlertSettingsView, webhooks: AlertWebhook[]): Answer {
  const { language, defaultLanguage, emails, emailEnabled } = settings;
  return {
    document: { ...settings, webhooks },
    text: [
      `language  ${language ?? `${defaultLanguage} (default)`}`,
      `emails    ${emails.length === 0 ? 'none' : emails.join(', ')}${emailEnabled ? '' : ' (SMTP_URL is not set: nothing is mailed)'}`,
      ...webhooks.map(({ id, url }) => `webhook   ${id}  ${url}`),
    ].join('\n'),
  };
}
