import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { cloudlinkError } from '../cloudlink/cloudlink-error';
import { CONTROL_PREFIX, controlDoor } from '../control/control-door';
import type { SandboxControl } from '../control/sandbox-control';
import type { Fault } from '../faults';
import type { World } from '../world';
import { zoomError } from '../zoom/zoom-error';
import { json, Refusal, type Answer } from './answer';
import { earlyFault } from './early-fault';
import { readRequest, type SandboxRequest } from './request';
import type { Match, Router, Service } from './router';

const DEFAULT_SLOW_MS = 1000;

/** Takes each request through: parse, count, fault instead of an answer, handler, fault upon the answer, send. */
export class Serving {
  constructor(
    private readonly world: World,
    private readonly router: Router,
    private readonly control: SandboxControl,
    /** Ends waits of `slow` when the sandbox stops. */
    private readonly stopping: AbortSignal,
  ) {}

  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let request: SandboxRequest;
    try {
      request = await readRequest(incoming);
      if (request.path.startsWith(CONTROL_PREFIX)) return send(response, this.controlled(incoming, request));
    } catch (error) {
      return send(response, toAnswer(error, undefined));
    }
    const match = this.router.match(request.method, request.path);
    if (match === undefined) return send(response, notFound(request.path));
    await this.play(request, match, response);
  }

  /** The switches are for this machine only, wherever the sandbox may listen one day. */
  private controlled(incoming: IncomingMessage, request: SandboxRequest): Answer {
    const address = incoming.socket.remoteAddress ?? '';
    if (!/^(::ffff:)?127\.|^::1$/.test(address))
      return json(403, { message: 'The control door is open on loopback only.' });
    return controlDoor(this.control, request);
  }

  private async play(request: SandboxRequest, match: Match, response: ServerResponse): Promise<void> {
    const { route, parameters } = match;
    const kinds = route.kinds(request);
    const fault = this.world.faults.take(kinds);
    this.world.requests.count(kinds);
    if (fault?.fault === 'slow' && !(await this.waited(fault.ms ?? DEFAULT_SLOW_MS))) return void response.destroy();
    let answer = fault?.fault === 'reset' ? undefined : this.answer(request, match, fault, parameters, kinds);
    // The handler has done its work, a rotation included; only the news of it is lost.
    if (fault?.fault === 'lost-answer') answer = undefined;
    this.log(request, kinds, answer?.status ?? 0, fault);
    if (answer === undefined) return void response.destroy();
    if (fault?.fault === 'truncated-json')
      answer = { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    send(response, { ...answer, headers: { ...answer.headers, ...traceHeader(route.service) } });
  }

  private answer(
    request: SandboxRequest,
    { route }: Match,
    fault: Fault | undefined,
    parameters: Record<string, string>,
    kinds: readonly string[],
  ): Answer {
    const isTokenRequest = kinds.some((kind) => kind.endsWith('.token'));
    const instead =
      fault === undefined ? undefined : earlyFault(route.service, fault, isTokenRequest, this.world.clock.now());
    if (instead !== undefined) return instead;
    try {
      return route.handle({ request, parameters, fault });
    } catch (error) {
      return toAnswer(error, route.service);
    }
  }

  private async waited(ms: number): Promise<boolean> {
    try {
      await sleep(ms, undefined, { signal: this.stopping });
      return true;
    } catch {
      return false;
    }
  }

  private log(request: SandboxRequest, kinds: readonly string[], status: number, fault: Fault | undefined): void {
    this.world.requests.add({
      at: new Date(this.world.clock.now()).toISOString(),
      method: request.method,
      path: request.path,
      kind: kinds.at(-1) ?? '',
      status,
      ...(fault === undefined ? {} : { fault: fault.fault }),
    });
  }
}

function toAnswer(error: unknown, service: Service | undefined): Answer {
  if (error instanceof Refusal) return error.answer;
  // A mistake of the sandbox itself. Said aloud, or a test would take it for a provider's 500.
  console.error('sandbox: a handler failed', error);
  return service === 'zoom' ? zoomError(500, 500, 'The sandbox failed.') : cloudlinkError(500);
}

function notFound(path: string): Answer {
  if (path.startsWith('/zoom/v2/')) return zoomError(400, 2300, 'This API endpoint is not recognized.');
  return path.startsWith('/cloudlink/') ? cloudlinkError(404) : json(404, { message: 'The sandbox has nothing here.' });
}

/** Support of either vendor asks for this value. */
function traceHeader(service: Service): Record<string, string> {
  const id = randomUUID();
  return service === 'zoom'
    ? { 'x-zm-trackingid': `v=2.0;clid=us02;rid=WEB_${id.replaceAll('-', '')}` }
    : { 'x-mitel-correlation-id': id };
}

function send(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body, 'utf8');
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(answer.status === 204 ? {} : { 'content-length': body.length }),
  });
  response.end(body);
}
