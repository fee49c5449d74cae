import type { AccountNumber } from '../accounts';
import type { PsiStatus, ZoomPhone, ZoomPresence } from '../directory/person';
import { json, Refusal } from '../http/answer';
import type { CloudLinkRole, ZoomRole } from '../people';
import type { EventExtra } from '../webhooks/zoom-events';
import type { SandboxControl } from './sandbox-control';

type Body = Record<string, unknown>;
type Mutation = (control: SandboxControl, body: Body) => unknown;

const wrong = (message: string): Refusal => new Refusal(json(400, { message }));

function oneOf<T extends string>(body: Body, name: string, values: readonly T[]): T {
  const value = values.find((candidate) => candidate === body[name]);
  if (value === undefined) throw wrong(`${name} must be one of ${values.join(', ')}`);
  return value;
}

function account(body: Body): AccountNumber {
  const value = body['account'] ?? 1;
  if (value !== 1 && value !== 2) throw wrong('account must be 1 or 2');
  return value;
}

function index(body: Body): number {
  const value = body['index'];
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrong('index must be a whole number');
  return value;
}

function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw wrong(`${name} must be a text`);
  return value;
}

function object(body: Body, name: string): Record<string, unknown> {
  const value = body[name] ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(`${name} must be an object`);
  return value as Record<string, unknown>;
}

function texts(body: Body, name: string): string[] {
  const value = body[name];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw wrong(`${name} must be a list of texts`);
  return value;
}

/** An address, or null for none. */
function address(body: Body): string | undefined {
  return body['url'] === null ? undefined : text(body, 'url');
}

function eventExtra(body: Body): EventExtra {
  const { eventTs } = body;
  return {
    account: account(body),
    ...(typeof eventTs === 'number' ? { eventTs } : {}),
    payload: object(body, 'payload'),
  };
}

const PSI: readonly PsiStatus[] = ['pending', 'ready', 'revoked'];
const PRESENCE: readonly ZoomPresence[] = ['active', 'inactive', 'pending', 'absent'];
const ZOOM_PHONES: readonly ZoomPhone[] = ['activate', 'deactivate', 'none'];
const ZOOM_ROLES: readonly ZoomRole[] = ['owner', 'admin', 'admin-without-psi', 'member'];
const CLOUDLINK_ROLES: readonly CloudLinkRole[] = ['ACCOUNT_ADMIN', 'PARTNER_ADMIN', 'USER'];
const SIDES = ['zoom', 'cloudlink'] as const;
const PERSON_STATUSES = ['active', 'inactive'] as const;
const WAYS_TO_LEAVE = ['deleted', 'disassociated'] as const;

const MUTATIONS: Record<string, Mutation> = {
  'change-credential': (control, body) => control.changeCredential(account(body), index(body)),
  'change-credentials': (control, body) => ({
    changed: control.changeCredentials(account(body), Number(body['every'])),
  }),
  'set-psi-status': (control, body) => control.setPsiStatus(account(body), index(body), oneOf(body, 'status', PSI)),
  'remove-cloudlink-user': (control, body) => control.setAtCloudlink(account(body), index(body), false),
  'add-cloudlink-user': (control, body) => control.setAtCloudlink(account(body), index(body), true),
  'set-zoom-status': (control, body) =>
    control.setZoomPresence(account(body), index(body), oneOf(body, 'status', PRESENCE)),
  'set-zoom-phone': (control, body) =>
    control.setZoomPhone(account(body), index(body), oneOf(body, 'zoomPhone', ZOOM_PHONES)),
  'set-licences': (control, body) =>
    control.setLicences(account(body), index(body), {
      ...(typeof body['zoomPsi'] === 'boolean' ? { zoomPsi: body['zoomPsi'] } : {}),
      ...(typeof body['teleworker'] === 'number' ? { teleworker: body['teleworker'] } : {}),
    }),
  'set-zoom-type': (control, body) => control.setZoomType(account(body), index(body), Number(body['type'])),
  'kill-prid': (control, body) => control.killPrid(text(body, 'prid')),
  'insert-user': (control, body) => ({
    index: control.addUser(account(body), oneOf(body, 'at', ['front', 'end']), {
      ...(body['email'] === undefined ? {} : { email: text(body, 'email') }),
      ...(body['status'] === undefined ? {} : { zoom: oneOf(body, 'status', PRESENCE) }),
    }),
  }),
  'keep-first': (control, body) =>
    control.keepFirst(account(body), typeof body['count'] === 'number' ? body['count'] : undefined),
  'empty-list': (control, body) => control.keepFirst(account(body), 0),
  'set-zoom-role': (control, body) => control.setZoomRole(text(body, 'person'), oneOf(body, 'role', ZOOM_ROLES)),
  'set-cloudlink-role': (control, body) =>
    control.setCloudlinkRole(text(body, 'person'), oneOf(body, 'role', CLOUDLINK_ROLES)),
  'set-zoom-person-status': (control, body) =>
    control.setZoomPersonStatus(text(body, 'person'), oneOf(body, 'status', PERSON_STATUSES)),
  'remove-person': (control, body) =>
    control.removePerson(
      oneOf(body, 'side', SIDES),
      text(body, 'person'),
      body['how'] === undefined ? 'deleted' : oneOf(body, 'how', WAYS_TO_LEAVE),
    ),
  'change-zoom-email': (control, body) => control.changeZoomEmail(account(body), index(body), text(body, 'email')),
  'change-cloudlink-email': (control, body) =>
    control.changeCloudlinkEmail(account(body), index(body), text(body, 'email')),
  'uninstall-zoom-app': (control, body) => control.uninstallZoomApp(text(body, 'person')),
  'set-zoom-client-secrets': (control, body) => control.setZoomClientSecrets(texts(body, 'secrets')),
  'remove-service-client': (control, body) => control.removeServiceClient(text(body, 'clientId')),
  'set-zoom-webhook-url': (control, body) => control.setZoomWebhookUrl(address(body)),
  'send-zoom-event': (control, body) => ({
    requestId: control.sendZoomEvent(text(body, 'event'), object(body, 'object'), eventExtra(body)),
  }),
  'validate-webhook-url': (control) => control.validateWebhookUrl(),
  'release-webhooks': (control) => control.releaseWebhooks(),
  'await-webhooks-idle': (control) => control.webhooksIdle(),
  'expire-codes': (control) => control.expireCodes(),
  'expire-access-tokens': (control, body) => control.expireAccessTokens(oneOf(body, 'side', SIDES)),
  'revoke-tokens': (control, body) =>
    control.revokeTokens(oneOf(body, 'side', SIDES), body['person'] === undefined ? undefined : text(body, 'person')),
};

/** `{"action":"change-credential","account":1,"index":5}` and so on. @throws Refusal 400 */
export async function mutate(control: SandboxControl, body: Body): Promise<unknown> {
  const action = MUTATIONS[String(body['action'])];
  if (action === undefined) throw wrong(`action must be one of ${Object.keys(MUTATIONS).join(', ')}`);
  try {
    return (await action(control, body)) ?? {};
  } catch (error) {
    if (error instanceof RangeError) throw wrong(error.message);
    throw error;
  }
}
