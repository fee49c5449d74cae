import { Injectable } from '@nestjs/common';
import { Alerts } from '../alerts/alerts';
import type { Queryable } from '../platform/database/database';
import type { CertificateFacts } from '../sip/dial/certificate-facts';
import { daysLeft, dueWarning } from '../sip/dial/judge-certificate';
import type { RegistrationTarget } from '../sip/parse-target';

/** Tells people 30, 14, 7 and 1 days before a certificate ends: once each, however many targets show the same one. */
@Injectable()
export class CertificateWarnings {
  constructor(private readonly alerts: Alerts) {}

  async warn(
    connectorId: string,
    target: RegistrationTarget,
    certificate: CertificateFacts,
    now: Date,
    transaction: Queryable,
  ): Promise<void> {
    const days = dueWarning(certificate, now);
    if (days === undefined) return;
    const { rowCount } = await transaction.query(
      `insert into certificate_warnings (connector_id, fingerprint, days, at) values ($1, $2, $3, $4) on conflict do nothing`,
      [connectorId, certificate.fingerprint, days, now],
    );
    if (rowCount !== 1) return;
    const details = {
      target: `${target.host}:${target.port}`,
      role: target.role,
      subject: certificate.subject,
      fingerprint: certificate.fingerprint,
      warning: days,
      daysLeft: daysLeft(certificate, now),
      endsOn: certificate.notAfter.toISOString().slice(0, 10),
    };
    await this.alerts.raise({ connectorId, kind: 'target.certificate_expiring', details }, transaction);
  }
}
