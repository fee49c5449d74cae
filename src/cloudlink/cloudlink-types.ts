/** Who authorised, from GET /token. */
export interface CloudLinkAdmin {
  userId: string;
  accountId: string;
  email: string;
  role: string;
}

export type RegistrarRole = 'sbc' | 'backup_sbc' | 'pbx';
export type Transport = 'tls' | 'tcp' | 'udp';
export type HashAlgorithm = 'MD5' | 'SHA-256';

export interface RegistrationTarget {
  role: RegistrarRole;
  host: string;
  port: number;
  transport: Transport;
}

/** A SIP credential as CloudLink hands it over: hashes only. HA1 is lower-case hex and password-equivalent. */
export interface PsiCredential {
  userName: string;
  authUserName: string;
  realm: string;
  ha1: { algorithm: HashAlgorithm; ha1: string }[];
  targets: RegistrationTarget[];
}

/** One user of the PSI resource that can be used. */
export interface PsiUser {
  userId: string;
  /** As CloudLink spells it; normalise before joining. */
  email: string;
  displayName: string;
  extension: string | undefined;
  status: 'pending' | 'ready' | 'revoked';
  modifiedOn: string;
  licences: { zoomPsi: boolean; teleworker: number };
  pbx: { type: string; site: string } | undefined;
  /** Only when status is `ready`. */
  credential: PsiCredential | undefined;
}

/** One item that cannot be used, and why; the rest of the page goes on. */
export interface PsiProblem {
  code: PsiProblemCode;
  userId: string | undefined;
  email: string | undefined;
  field: string;
  /** For an admin; never quotes a secret. */
  detail: string;
}

export type PsiProblemCode =
  | 'invalid_item'
  | 'invalid_email'
  | 'invalid_hash'
  | 'invalid_realm'
  | 'invalid_host'
  | 'invalid_port'
  | 'invalid_transport'
  | 'unknown_registrar_role'
  | 'no_registrar'
  | 'missing_credential';

export interface PsiPage {
  users: PsiUser[];
  problems: PsiProblem[];
  /** How many items the page held, usable or not. */
  itemCount: number;
  /** The smallest `modifiedOn` of them; undefined when none has one that can be used. */
  oldestChange: Date | undefined;
  /** How many of them do not say when they were changed. */
  undated: number;
  /** Opaque position of the next page, checked to be of the same origin; undefined on the last page. */
  next: string | undefined;
}
