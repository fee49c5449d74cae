import type { Fault } from '../faults';
import type { Answer } from './answer';
import type { SandboxRequest } from './request';

export type Service = 'zoom' | 'cloudlink';

export interface Visit {
  request: SandboxRequest;
  /** The values of `:name` in the pattern, decoded. */
  parameters: Record<string, string>;
  /** A fault that the handler itself must play; those that every request can have are played by the server. */
  fault: Fault | undefined;
}

export interface Route {
  method: string;
  /** Segments; `:name` takes one. */
  pattern: string;
  service: Service;
  /** What faults and counters call this request, from general to special: `zoom.token`, `zoom.token.refresh_token`. */
  kinds: (request: SandboxRequest) => string[];
  handle: (visit: Visit) => Answer;
}

export interface Match {
  route: Route;
  parameters: Record<string, string>;
}

/** Finds the route of a request; undefined when no route has that method and path. */
export class Router {
  private readonly compiled: { route: Route; segments: string[] }[];

  constructor(routes: readonly Route[]) {
    this.compiled = routes.map((route) => ({ route, segments: route.pattern.split('/') }));
  }

  match(method: string, path: string): Match | undefined {
    const segments = path.split('/');
    for (const { route, segments: pattern } of this.compiled) {
      if (route.method !== method || pattern.length !== segments.length) continue;
      const parameters = bind(pattern, segments);
      if (parameters !== undefined) return { route, parameters };
    }
    return undefined;
  }
}

function bind(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [place, part] of pattern.entries()) {
    const segment = segments[place] ?? '';
    if (part.startsWith(':')) {
      if (segment === '') return undefined;
      parameters[part.slice(1)] = decode(segment);
    } else if (part !== segment) return undefined;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
