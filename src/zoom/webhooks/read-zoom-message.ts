import { parseRemoteJson } from '../../platform/remote/parse-remote-json';
import { asObject, asText, type JsonObject } from '../../platform/remote/read-fields';
import { readEventTime } from './read-event-time';
import { isZoomEventName, type ZoomEvent, type ZoomMessage } from './zoom-event';

/** Zoom's ids have 22 characters; the name of a queue of jobs has room for two of these. */
const MAX_ID = 50;

/** Turns signed bytes into what we know. Never throws: what Zoom has signed and we cannot read is `unreadable`. */
export function readZoomMessage(body: Buffer): ZoomMessage {
  const root = asObject(parse(body));
  const name = asText(root?.['event'], 100);
  const payload = asObject(root?.['payload']);
  if (root === undefined || name === undefined) return { kind: 'unreadable' };
  if (name === 'endpoint.url_validation') return { kind: 'validation', plainToken: payload?.['plainToken'] };
  if (!isZoomEventName(name)) return { kind: 'other', name };
  if (payload === undefined) return { kind: 'unreadable' };
  const accountId = asText(payload['account_id'], MAX_ID);
  const subjectId = asText(subjectOf(name, payload), MAX_ID);
  if (accountId === undefined || subjectId === undefined) return { kind: 'unreadable' };
  const occurredAt = readEventTime(root['event_ts']) ?? timeInside(payload);
  return {
    kind: 'event',
    event: { event: name, accountId, clientId: asText(payload['client_id']), subjectId, occurredAt },
  };
}

/** A million brackets end in a RangeError; bytes that are no UTF-8 or no JSON in a SyntaxError. */
function parse(body: Buffer): unknown {
  try {
    return parseRemoteJson(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** `app_deauthorized` has no object, and its time lies inside the payload. */
const subjectOf = (name: ZoomEvent['event'], payload: JsonObject): unknown =>
  name === 'app_deauthorized' ? payload['user_id'] : asObject(payload['object'])?.['id'];

const timeInside = (payload: JsonObject): Date | undefined =>
  readEventTime(payload['event_ts']) ?? readEventTime(payload['deauthorization_time']);
