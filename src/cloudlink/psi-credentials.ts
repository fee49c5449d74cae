/**
 * OUR ASSUMPTION, NOT MITEL'S DOCUMENTATION.
 * Mitel publishes no interface that hands SIP credentials to Zoom. This file is the one place that knows the contract
 * which this project assumes, in CloudLink's own style (HAL envelope, $top, $skiptoken):
 *   GET {admin}/2017-09-01/accounts/{accountId}/psi/users?$top=≤1000[&$skiptoken=…][&$filter=modifiedOn gt '<ISO time>']
 * The filter is a second assumption: $filter and modifiedOn exist at CloudLink, but that lists can be filtered by
 * it is documented nowhere. Hence the rules below by which we notice that they cannot.
 * When the real interface becomes known, only this file and the sandbox change.
 */
import { AppError } from '../platform/errors/app-error';
import { asArray, asInteger, asObject, asText, type JsonObject } from '../platform/remote/read-fields';
import { isHost } from '../sip/parse-target';
import { normaliseHa1 } from '../sip/ha1';
import type {
  HashAlgorithm,
  PsiCredential,
  PsiPage,
  PsiProblem,
  PsiProblemCode,
  PsiUser,
  RegistrarRole,
  RegistrationTarget,
  Transport,
} from './cloudlink-types';

export const PSI_PAGE_SIZE = 1000;

export const psiUsersPath = (accountId: string): string =>
  `/2017-09-01/accounts/${encodeURIComponent(accountId)}/psi/users`;

/** Where a listing of one user begins: enough to see whether the account lets us read at all. */
export const onePsiUserPath = (accountId: string): string => `${psiUsersPath(accountId)}?$top=1`;

/** Users changed after this moment. The form is the one that Mitel's developers use for `occurredOn` of event records. */
export const changedPsiUsersPath = (accountId: string, since: Date): string =>
  `${psiUsersPath(accountId)}?$top=${PSI_PAGE_SIZE}&$filter=${encodeURIComponent(`modifiedOn gt '${since.toISOString()}'`)}`;

/**
 * Why changed users cannot be asked for. `refused`: the request fails with one of the statuses below; `ignored`: the
 * answer holds users whom nobody has changed since; `no_modified_on`: users do not say when they were changed.
 */
export const FILTER_REFUSALS = ['refused', 'ignored', 'no_modified_on'] as const;
export type FilterRefusal = (typeof FILTER_REFUSALS)[number];

/** 400, 404, 422 and 501 may all mean "not with this filter". Whether it was that, the list without the filter shows. */
export const FILTER_REFUSING_STATUSES: ReadonlySet<number> = new Set([400, 404, 422, 501]);

/** A time that CloudLink has rounded is no reason for distrust. */
const ROUNDING_MS = 60_000;

/** What is wrong with an answer to the filtered request; undefined: it can be what was asked for. */
export function distrustFiltered(
  page: { oldestChange: Date | undefined; undated: number },
  since: Date,
): FilterRefusal | undefined {
  if (page.undated > 0) return 'no_modified_on';
  const { oldestChange: oldest } = page;
  return oldest !== undefined && oldest.getTime() < since.getTime() - ROUNDING_MS ? 'ignored' : undefined;
}

const ROLES: Record<string, RegistrarRole> = { sbc: 'sbc', backupSbc: 'backup_sbc', pbx: 'pbx' };
const TRANSPORTS: Record<string, Transport> = { tls: 'tls', tcp: 'tcp', udp: 'udp' };
const ALGORITHMS: Record<string, HashAlgorithm> = { MD5: 'MD5', 'SHA-256': 'SHA-256' };
const STATUSES = new Set(['pending', 'ready', 'revoked']);

/** What is wrong with one field of one item. Carries no value: a broken hash is still a secret. */
class ItemFault extends Error {
  constructor(
    readonly code: PsiProblemCode,
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** Items that can be used and, for the others, why not; `_embedded` is absent when a page is empty. */
export function readPsiItems(body: JsonObject): Omit<PsiPage, 'next'> {
  const items = body['_embedded'] === undefined ? [] : asArray(asObject(body['_embedded'])?.['items']);
  // Not an empty page: nobody may be taken for missing because of it.
  if (items === undefined) throw unreadable('_embedded.items is not a list');
  const users: PsiUser[] = [];
  const problems: PsiProblem[] = [];
  let oldestChange: Date | undefined;
  let undated = 0;
  for (const item of items) {
    const entry = asObject(item) ?? {};
    const changedAt = readTime(entry['modifiedOn']);
    if (changedAt === undefined) undated += 1;
    else if (oldestChange === undefined || changedAt < oldestChange) oldestChange = changedAt;
    try {
      users.push(readItem(entry));
    } catch (error) {
      if (!(error instanceof ItemFault)) throw error;
      problems.push({
        code: error.code,
        field: error.field,
        detail: error.message,
        userId: asText(entry['userId'], 128),
        email: asText(entry['email'], 254),
      });
    }
  }
  return { users, problems, itemCount: items.length, oldestChange, undated };
}

/** Only a time with its zone can be compared with another one. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

function readTime(value: unknown): Date | undefined {
  const text = asText(value, 64);
  const time = text !== undefined && TIME.test(text) ? new Date(text) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time;
}

/** undefined on the last page. @throws AppError when there is a link that cannot be read: that is not the end of the list */
export function readNextLink(body: JsonObject): string | undefined {
  const next = asObject(body['_links'])?.['next'];
  if (next === undefined || next === null || next === '') return undefined;
  // HAL proper would say {href}; Mitel's samples show a bare string.
  const link = asText(next, 8192) ?? asText(asObject(next)?.['href'], 8192);
  if (link === undefined) throw unreadable('_links.next is not a link');
  return link;
}

const unreadable = (detail: string): AppError =>
  new AppError('provider_answer_invalid', 'CloudLink sent a user list that this program cannot read.', { detail });

function readItem(item: JsonObject): PsiUser {
  const userId = asText(item['userId'], 128);
  if (userId === undefined) throw new ItemFault('invalid_item', 'userId', 'the item has no user id');
  const email = asText(item['email'], 254);
  if (email === undefined || !/^[^\s@]+@[^\s@]+$/.test(email.trim())) {
    throw new ItemFault(
      'invalid_email',
      'email',
      'the user has no usable email address, so no Zoom user can be matched',
    );
  }
  const status = asText(item['status']);
  if (status === undefined || !STATUSES.has(status))
    throw new ItemFault('invalid_item', 'status', 'the status must be pending, ready or revoked');
  const licences = asObject(item['licences']);
  const pbx = asObject(item['pbx']);
  return {
    userId,
    email,
    displayName: asText(item['displayName'], 256) ?? '',
    extension: asText(item['extension'], 64),
    status: status as PsiUser['status'],
    modifiedOn: asText(item['modifiedOn'], 64) ?? '',
    licences: { zoomPsi: licences?.['zoomPsi'] === true, teleworker: asInteger(licences?.['teleworker']) ?? 0 },
    pbx: pbx === undefined ? undefined : { type: asText(pbx['type'], 32) ?? '', site: asText(pbx['site'], 128) ?? '' },
    credential: status === 'ready' ? readCredential(asObject(item['sip'])) : undefined,
  };
}

function readCredential(sip: JsonObject | undefined): PsiCredential {
  if (sip === undefined)
    throw new ItemFault('missing_credential', 'sip', 'the status is ready but there is no credential');
  const userName = asText(sip['userName'], 128);
  if (userName === undefined) throw new ItemFault('missing_credential', 'sip.userName', 'the SIP user name is missing');
  const realm = asText(sip['realm'], 255);
  if (realm === undefined)
    throw new ItemFault('invalid_realm', 'sip.realm', 'the realm is missing: a hash is valid for exactly one realm');
  return {
    userName,
    // Where CloudLink names no separate digest user, it is the user name.
    authUserName: asText(sip['authUserName'], 128) ?? userName,
    realm,
    ha1: readHashes(asArray(sip['credentials']) ?? []),
    targets: readTargets(asArray(sip['registrars']) ?? []),
  };
}

function readHashes(items: unknown[]): PsiCredential['ha1'] {
  const hashes = new Map<HashAlgorithm, string>();
  for (const [index, item] of items.entries()) {
    const entry = asObject(item) ?? {};
    const algorithm = ALGORITHMS[asText(entry['algorithm']) ?? ''];
    // An algorithm that we cannot hand on is no fault of the user: others may follow.
    if (algorithm === undefined) continue;
    const ha1 = normaliseHa1(algorithm, entry['ha1']);
    if (ha1 === undefined) {
      const digits = algorithm === 'MD5' ? 32 : 64;
      throw new ItemFault(
        'invalid_hash',
        `sip.credentials[${index}].ha1`,
        `the ${algorithm} hash must have ${digits} hexadecimal digits`,
      );
    }
    hashes.set(algorithm, ha1);
  }
  if (hashes.size === 0)
    throw new ItemFault(
      'missing_credential',
      'sip.credentials',
      'there is no hash with a known algorithm (MD5, SHA-256)',
    );
  return [...hashes].map(([algorithm, ha1]) => ({ algorithm, ha1 }));
}

function readTargets(items: unknown[]): RegistrationTarget[] {
  if (items.length === 0) throw new ItemFault('no_registrar', 'sip.registrars', 'there is no registration target');
  return items.slice(0, 16).map((item, index) => {
    const entry = asObject(item) ?? {};
    const field = (name: string): string => `sip.registrars[${index}].${name}`;
    const role = ROLES[asText(entry['role']) ?? ''];
    if (role === undefined)
      throw new ItemFault('unknown_registrar_role', field('role'), 'the role must be sbc, backupSbc or pbx');
    const host = asText(entry['host'], 253);
    if (host === undefined || !isHost(host))
      throw new ItemFault('invalid_host', field('host'), 'the host must be an IP address or a DNS name');
    const port = asInteger(entry['port']);
    if (port === undefined || port < 1 || port > 65_535)
      throw new ItemFault('invalid_port', field('port'), 'the port must be from 1 to 65535');
    const transport = TRANSPORTS[(asText(entry['transport']) ?? '').toLowerCase()];
    if (transport === undefined)
      throw new ItemFault('invalid_transport', field('transport'), 'the transport must be tls, tcp or udp');
    return { role, host, port, transport };
  });
}
