import type { TargetRole, Transport } from '../sip/parse-target';
import type { RegistrationReport } from './registration-report';

/** Where an app says that it registered; it may not know which role the place plays. */
export interface ReportedTarget {
  role: TargetRole | null;
  host: string;
  port: number;
  transport: Transport;
}

/** One row of registrations. */
export interface Registration extends RegistrationReport {
  appVersion: string | null;
  target: ReportedTarget | null;
  /** The device's own count of its reports; null where it does not count. */
  sequence: number | null;
}
