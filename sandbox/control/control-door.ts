import { FAULTS, type Fault } from '../faults';
import { empty, json, Refusal, type Answer } from '../http/answer';
import type { SandboxRequest } from '../http/request';
import { DEFAULT_SETTINGS, type Settings } from '../settings';
import { mutate } from './mutate';
import type { SandboxControl } from './sandbox-control';

export const CONTROL_PREFIX = '/_control/';

/**
 * `/_control/{faults,settings,mutations,clock,requests,people,webhooks,notifications,pushes,service-clients,reset}`: the
 * sandbox's switches over HTTP.
 */
export async function controlDoor(control: SandboxControl, request: SandboxRequest): Promise<Answer> {
  const body = asRecord(request.json);
  switch (`${request.method} ${request.path.slice(CONTROL_PREFIX.length)}`) {
    case 'GET faults':
      return json(200, { items: control.faults() });
    case 'POST faults':
      return json(201, { id: control.setFault(readFault(body)) });
    case 'DELETE faults':
      control.clearFaults(request.query.get('kind') ?? undefined);
      return empty(204);
    case 'POST settings':
      return json(200, control.configure(readSettings(body)));
    case 'POST mutations':
      return json(200, await mutate(control, body));
    case 'POST clock':
      control.advanceClock(Number(body['advanceMs'] ?? 0) || 0);
      return empty(204);
    case 'GET requests':
      return json(200, control.requests());
    case 'DELETE requests':
      control.clearRequests();
      return empty(204);
    case 'GET people':
      return json(200, control.people());
    case 'GET webhooks':
      return json(200, { items: control.webhooks() });
    case 'GET notifications':
      return json(200, { items: control.notifications() });
    case 'GET pushes':
      return json(200, { items: control.pushes() });
    case 'GET service-clients':
      return json(200, { items: control.serviceClients() });
    case 'POST reset':
      control.reset();
      return empty(204);
    default:
      throw wrong('there is no such switch');
  }
}

const wrong = (message: string): Refusal => new Refusal(json(400, { message }));

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A mistyped fault would never be played and a test would prove nothing: refuse it. */
function readFault(body: Record<string, unknown>): Fault {
  const fault = FAULTS.find((name) => name === String(body['fault']));
  if (fault === undefined) throw wrong(`fault must be one of ${FAULTS.join(', ')}`);
  if (typeof body['kind'] !== 'string' || !/^(zoom|cloudlink)\.[\w.]+$/.test(body['kind']))
    throw wrong('kind must be such as zoom.token');
  return { ...body, kind: body['kind'], fault };
}

function readSettings(body: Record<string, unknown>): Partial<Settings> {
  for (const [name, value] of Object.entries(body)) {
    const standard: unknown = DEFAULT_SETTINGS[name as keyof Settings];
    if (typeof value !== typeof standard) throw wrong(`there is no setting ${name} of type ${typeof value}`);
  }
  return body;
}
