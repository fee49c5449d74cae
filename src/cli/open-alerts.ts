import { connectorReach } from '../alerts/connector-reach';
import { DeliveryRepository } from '../alerts/delivery/delivery.repository';
import { AlertHistory } from '../alerts/history/alert-history';
import { AlertSettings } from '../alerts/settings/alert-settings';
import { AlertWebhooks } from '../alerts/settings/alert-webhooks';
import { AuditLog } from '../platform/audit/audit-log';
import { SystemClock } from '../platform/clock/clock';
import { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import { Keyring } from '../platform/crypto/keyring';
import { Queue } from '../platform/queue/queue';
import type { Session } from './session';

export const alertHistory = ({ database }: Session): AlertHistory =>
  new AlertHistory(
    database,
    new DeliveryRepository(database),
    new Queue(database),
    new AuditLog(database),
    new SystemClock(),
  );

export const alertSettings = ({ database, config }: Session): AlertSettings =>
  new AlertSettings(database, new AuditLog(database), config);

export const alertWebhooks = ({ database, config }: Session): AlertWebhooks =>
  new AlertWebhooks(
    database,
    new ConnectorCiphers(new Keyring(config.encryptionKeys), database),
    new AuditLog(database),
    new SystemClock(),
    connectorReach(config),
  );
