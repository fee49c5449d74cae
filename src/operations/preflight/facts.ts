import type { Membership } from '../../connector/connector.entity';
import type { GrantKind, RiskReason } from '../../oauth/grant';
import type { ClockReading } from '../../platform/remote/clock-readings';
import type { ZoomFeature } from '../../zoom/zoom-account.client';
import type { ProbedTargets } from './target-reach';

/** Why a look at a provider tells nothing. */
export type LookFault =
  /** There is no usable grant. */
  | { kind: 'not_authorised' }
  /** No answer in time, or we are asked (or have decided) to wait. */
  | { kind: 'unreachable'; retryAfterSeconds: number | undefined }
  /** The provider has answered, and the answer is no. */
  | { kind: 'refused' }
  /** The answer cannot be read, or something of ours failed. */
  | { kind: 'unreadable' };

/** What a look has seen, or why it has not. */
export type Look<T> = { seen: T } | { fault: LookFault };

/** As many as an answer names. */
export const MOST_EXAMPLES = 5;

/** How many users, and the first few of them by email. */
export interface Affected {
  count: number;
  examples: readonly string[];
}

/** The active grant of a side. */
export interface GrantFacts {
  admin: string;
  kind: GrantKind;
  /** Space-separated; '' where the provider has not said. */
  scope: string;
  atRisk: RiskReason | null;
}

export interface ZoomFacts {
  grant: GrantFacts | undefined;
  admin: Look<{ email: string; roleName: string; isActive: boolean; privileges: readonly string[] }>;
  phone: Look<ZoomFeature>;
  phoneSystemIntegration: Look<ZoomFeature>;
  seats: Look<SeatFacts>;
}

/** What Zoom's user list tells. */
export interface SeatFacts {
  /** Of so many active users. */
  looked: number;
  /** Those were all. */
  isWhole: boolean;
  /** Integrated ones among them. */
  integrated: number;
  /** Integrated ones with a seat that is not paid. */
  unpaid: Affected;
  /** Active ones whom CloudLink does not know. */
  notAtCloudLink: Affected;
  /** Last apps of integrated ones. */
  clients: readonly VersionCount[];
}

export interface CloudLinkFacts {
  grant: GrantFacts | undefined;
  admin: Look<{ email: string; role: string }>;
  /** The account lets us read the users of its Zoom integration. */
  integration: Look<true>;
}

export interface VersionCount extends Affected {
  version: string;
}

/** What the last syncs have stored. Removed users do not count anywhere; those whom CloudLink has revoked have no licences. */
export interface UserFacts {
  /** null: no sync has succeeded yet. */
  syncedAt: Date | null;
  membership: Membership;
  total: number;
  /** Of them, those who are to have licences. */
  entitled: number;
  withoutZoomPsi: Affected;
  withoutTeleworker: Affected;
  /** Fewer Teleworker licences than devices. */
  oneTeleworker: Affected;
  /** CloudLink users whose email no Zoom user has. */
  missingAtZoom: Affected;
  /** Zoom knows them, but they are deactivated or have not accepted their invitation. */
  notActiveAtZoom: Affected;
  /** Added by hand, and CloudLink does not know them. */
  chosenMissingAtCloudLink: Affected;
}

export interface DeviceFacts {
  /** Of devices that have reported of late. */
  versions: readonly VersionCount[];
  /** Devices that do not say which app they are. */
  untold: number;
  /** Mobile devices whose registration is live now. */
  mobileRegistered: number;
  /** Whether the settings of the connector let mobile apps register. */
  mobileCalling: boolean;
}

/** Everything that the rules judge: found out once, judged and worded as often as somebody asks. */
export interface PreflightFacts {
  zoom: ZoomFacts;
  cloudlink: CloudLinkFacts;
  users: UserFacts;
  devices: DeviceFacts;
  targets: { handedOut: number; lastLook: ProbedTargets | undefined };
  clock: readonly ClockReading[];
}
