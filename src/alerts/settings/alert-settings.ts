import { unknownConnector } from '../../access/unknown-connector';
import type { AuditLog } from '../../platform/audit/audit-log';
import type { Config, Language } from '../../platform/config/config';
import { isEmail } from '../../platform/config/parse-values';
import type { Database } from '../../platform/database/database';
import { invalidRequest } from '../../platform/http/validation';
import { normaliseEmail } from '../../platform/text/normalise-email';
import type { Actor } from '../../platform/audit/actor';

export const MAX_EMAILS = 20;

/** Who is written to about a connector, and in which language. */
export interface AlertSettingsView {
  /** null: the language of the deployment. */
  language: Language | null;
  emails: string[];
  defaultLanguage: Language;
  /** Without SMTP_URL nobody is written to. */
  emailEnabled: boolean;
}

/** The addresses and the language of a connector's alerts. */
export class AlertSettings {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly config: Pick<Config, 'alerts' | 'defaultLanguage'>,
  ) {}

  /** @throws AppError `not_found` */
  async get(connectorId: string): Promise<AlertSettingsView> {
    const { rows } = await this.database.query<{ language: Language | null; emails: string[] }>(
      'select language, alert_emails as emails from connectors where connector_id = $1',
      [connectorId],
    );
    const [row] = rows;
    if (row === undefined) throw unknownConnector();
    return {
      ...row,
      defaultLanguage: this.config.defaultLanguage,
      emailEnabled: this.config.alerts.smtpUrl !== undefined,
    };
  }

  /**
   * What is left out stays as it is; of addresses that differ only in case the first is kept.
   * @throws AppError `not_found`, `invalid_request`
   */
  async change(
    connectorId: string,
    change: { language?: Language | null; emails?: readonly string[] },
    by: Actor,
  ): Promise<AlertSettingsView> {
    const emails = change.emails === undefined ? undefined : checkEmails(change.emails);
    await this.database.transaction(async (transaction) => {
      const { rowCount } = await transaction.query(
        `update connectors set language = case when $2 then $3 else language end, alert_emails = coalesce($4, alert_emails),
           updated_at = now() where connector_id = $1`,
        [connectorId, change.language !== undefined, change.language ?? null, emails ?? null],
      );
      if (rowCount === 0) throw unknownConnector();
      const details = {
        ...(change.language === undefined ? {} : { language: change.language }),
        // How many: an entry of the audit stays for ever, an address should not.
        ...(emails === undefined ? {} : { emails: emails.length }),
      };
      await this.audit.record(
        { ...by, connectorId, action: 'alert_settings.changed', subject: connectorId, details },
        transaction,
      );
    });
    return this.get(connectorId);
  }
}

function checkEmails(emails: readonly string[]): string[] {
  const wrong = emails.flatMap((email, index) =>
    isEmail(email) ? [] : [{ field: `emails.${index}`, rule: 'must be an email address such as phones@example.com' }],
  );
  if (wrong.length > 0) throw invalidRequest(wrong);
  const unique = [...new Map([...emails].reverse().map((email) => [normaliseEmail(email), email])).values()].reverse();
  if (unique.length > MAX_EMAILS) {
    throw invalidRequest([{ field: 'emails', rule: `must contain no more than ${MAX_EMAILS} elements` }]);
  }
  return unique;
}
