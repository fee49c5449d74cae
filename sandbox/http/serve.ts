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
import { traceHeaders } from './trace-headers';

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
    const trace = traceHeaders(incoming.url ?? '');
    const request = await readRequest(incoming).catch((error: unknown) => {
      if (error instanceof Refusal) send(response, error.answer, trace);
      // Otherwise the client went away while it was still sending.
      else response.destroy();
      return undefined;
    });
    if (request === undefined) return;
    if (request.path.startsWith(CONTROL_PREFIX)) return send(response, await this.controlled(incoming, request));
    const match = this.router.match(request.method, request.path);
    if (match === undefined) return send(response, notFound(request.path), trace);
    const answer = await this.play(request, match);
    if (answer === undefined) response.destroy();
    else send(response, answer, { ...trace, date: this.dateOf(match.route.service) });
  }

  /** The switches are for this machine only, wherever the sandbox may listen one day. */
  private async controlled(incoming: IncomingMessage, request: SandboxRequest): Promise<Answer> {
    const address = incoming.socket.remoteAddress ?? '';
    if (!/^(::ffff:)?127\.|^::1$/.test(address))
      return json(403, { message: 'The control door is open on loopback only.' });
    return controlDoor(this.control, request).catch((error: unknown) => failure(undefined, error));
  }

  /** The answer; undefined when the connection is to be cut instead. */
  private async play(request: SandboxRequest, match: Match): Promise<Answer | undefined> {
    const kinds = match.route.kinds(request);
    const fault = this.world.faults.take(kinds);
    this.world.requests.count(kinds);
    if (fault?.fault === 'slow' && !(await this.waited(fault.ms ?? DEFAULT_SLOW_MS))) return undefined;
    const answer = fault?.fault === 'reset' ? undefined : this.answer(request, match, fault, kinds);
    // The handler has done its work, a rotation included; only the news of it is lost.
    const sent = fault?.fault === 'lost-answer' ? undefined : answer;
    this.log(request, kinds, sent, fault);
    if (sent === undefined || fault?.fault !== 'truncated-json') return sent;
    return { ...sent, body: sent.body.slice(0, Math.floor(sent.body.length / 2)) };
  }

  private answer(request: SandboxRequest, match: Match, fault: Fault | undefined, kinds: readonly string[]): Answer {
    const { service, handle } = match.route;
    const isTokenRequest = kinds.some((kind) => kind.endsWith('.token'));
    const instead =
      fault === undefined ? undefined : earlyFault(service, fault, isTokenRequest, this.world.clock.now());
    return instead ?? handled(service, () => handle({ request, parameters: match.parameters, fault }));
  }

  /** What the vendor's clock says. */
  private dateOf(service: Service): string {
    const { zoomDateSkewMs, cloudlinkDateSkewMs } = this.world.settings;
    return new Date(this.world.clock.now() + (service === 'zoom' ? zoomDateSkewMs : cloudlinkDateSkewMs)).toUTCString();
  }

  private async waited(ms: number): Promise<boolean> {
    try {
      await sleep(ms, undefined, { signal: this.stopping });
      return true;
    } catch {
      return false;
    }
  }

  private log(
    request: SandboxRequest,
    kinds: readonly string[],
    sent: Answer | undefined,
    fault: Fault | undefined,
  ): void {
    this.world.requests.add({
      at: new Date(this.world.clock.now()).toISOString(),
      method: request.method,
      path: request.path,
      kind: kinds.at(-1) ?? '',
      status: sent?.status ?? 0,
      ...(fault === undefined ? {} : { fault: fault.fault }),
      ...(sent?.zoomError === undefined ? {} : { zoomError: sent.zoomError }),
    });
  }
}

function handled(service: Service, handle: () => Answer): Answer {
  try {
    return handle();
  } catch (error) {
    return failure(service, error);
  }
}

function failure(service: Service | undefined, error: unknown): Answer {
  if (error instanceof Refusal) return error.answer;
  // A mistake of the sandbox itself. Said aloud, or a test would take it for a provider's 500.
  console.error('sandbox: a handler failed', error);
  return service === 'zoom' ? zoomError(500, 500, 'The sandbox failed.') : cloudlinkError(500);
}

function notFound(path: string): Answer {
  if (path.startsWith('/zoom/v2/')) return zoomError(400, 2300, 'This API endpoint is not recognized.');
  return path.startsWith('/cloudlink/') ? cloudlinkError(404) : json(404, { message: 'The sandbox has nothing here.' });
}

function send(response: ServerResponse, answer: Answer, trace: Record<string, string> = {}): void {
  const body = Buffer.from(answer.body, 'utf8');
  const length = answer.status === 204 ? {} : { 'content-length': body.length };
  response.writeHead(answer.status, { ...answer.headers, ...trace, ...length });
  response.end(body);
}
