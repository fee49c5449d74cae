import { parseRemoteJson } from '../../platform/remote/parse-remote-json';
import { asObject, asText } from '../../platform/remote/read-fields';
import { CLOUDLINK_ADMIN_TOPIC, type CloudLinkEvent, type CloudLinkMessage } from './cloudlink-event';

const MAX_ID = 64;
/** `/2017-09-01/accounts/{accountId}/users/{userId}`, or something that belongs to the user below it. */
const USER_SUBJECT = /\/users\/([\w-]{1,64})(\/.+)?$/;

/** Turns the bytes of a delivery into what we know. Never throws, and drops passwords on the way. */
export function readCloudLinkMessage(body: Buffer): CloudLinkMessage {
  const root = asObject(parse(body));
  const topic = asText(root?.['topic'], 100);
  if (root === undefined || topic === undefined) return { kind: 'unreadable' };
  if (topic !== CLOUDLINK_ADMIN_TOPIC) return { kind: 'other', topic };
  const publicationId = asText(root['publicationId'], MAX_ID);
  const accountId = asText(asObject(root['publisher'])?.['accountId'], MAX_ID);
  if (publicationId === undefined || accountId === undefined) return { kind: 'unreadable' };
  const createdOn = Date.parse(asText(asObject(root['notification'])?.['createdOn'], 40) ?? '');
  const occurredAt = Number.isNaN(createdOn) ? undefined : new Date(createdOn);
  return { kind: 'event', event: { publicationId, accountId, occurredAt, ...whatHappened(root) } };
}

function whatHappened(root: Record<string, unknown>): Pick<CloudLinkEvent, 'event' | 'userId'> {
  const [, userId, below] = USER_SUBJECT.exec(asText(root['subject'], 1000) ?? '') ?? [];
  if (userId === undefined) return { event: 'account.changed', userId };
  const isDeleted = root['method'] === 'DELETE' && below === undefined;
  return { event: isDeleted ? 'user.deleted' : 'user.changed', userId };
}

function parse(body: Buffer): unknown {
  try {
    return parseRemoteJson(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
