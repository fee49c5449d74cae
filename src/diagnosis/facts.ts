import type { TargetRole, Transport } from '../sip/parse-target';
import type { ProbeReason, TargetState } from '../sip/probe/judge-probe';
import type { RegistrarResult } from '../sip/registrar/registrar-result';
import type { SipSource } from '../sip/sip-source';
import type { Outcome, Platform } from '../users/registration-report';
import type { UserStatus } from '../users/user-status';

/** What our own look at a target came to. */
export interface TargetFacts {
  id: string;
  host: string;
  port: number;
  transport: Transport;
  role: TargetRole;
  state: TargetState;
  reason: ProbeReason | null;
  /** Since when state and reason are what they are; null: nobody has looked yet. */
  since: Date | null;
  /** End of its certificate, where one was shown. */
  notAfter: Date | null;
  /** Who has it among their targets. */
  users: number;
}

/** The last word of one device that still counts. */
export interface DeviceFacts {
  platform: Platform;
  outcome: Outcome;
  /** Of a failure. */
  code: number | null;
  source: SipSource | null;
  /** Id of the target that the app has named; null: none, or none of this user's. */
  target: string | null;
}

/** The last registrar check of a user that is not too old to say anything. */
export interface CheckFacts {
  result: RegistrarResult;
  /** Devices that were bound. */
  bindings: number;
  /** Whether it was made after the last report of a device: only then it tells about what devices say. */
  isNewer: boolean;
}

/** Everything that decides about one user. Users whose facts are equal have the same cause: they are judged once. */
export interface UserFacts {
  status: UserStatus;
  /** The newest first. */
  devices: readonly DeviceFacts[];
  /** Ids of the targets, in the order in which apps try them. */
  targets: readonly string[];
  check: CheckFacts | null;
  /** Teleworker licences; null: CloudLink does not say. */
  teleworker: number | null;
  /** Whether the user has the licence ZoomPSI or Hybrid; null: CloudLink does not say. */
  zoomPsi: boolean | null;
}

/** What is known about a connector beside its users. */
export interface ConnectorFacts {
  now: Date;
  targets: ReadonlyMap<string, TargetFacts>;
  /** How many users a registrar has begun to refuse lately who were registered before. */
  lostLately: { users: number; since: Date | null };
  /** All who have not been removed. */
  users: number;
  /** Users who are registered now, on any device. */
  registered: number;
  mobile: DeviceCounts;
  desktop: DeviceCounts;
  /** When both sides were last read; null: never yet. */
  syncedAt: Date | null;
  /** Seconds between two syncs. */
  syncInterval: number;
}

export interface DeviceCounts {
  registered: number;
  /** Refused by a registrar. */
  refused: number;
}
