import { stringifyJson } from './stringify-json';

/** What goes back over the wire; handlers are functions from a visit to this. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Zoom's own number of an OAuth error. Never sent: it is shown in the request log. */
  zoomError?: number;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: stringifyJson(value),
  };
}

export function html(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8', 'cache-control': 'no-store' }, body };
}

export function redirect(location: string): Answer {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

export function empty(status: number): Answer {
  return { status, headers: {}, body: '' };
}

/** Thrown to end a request early with an answer that is ready. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`refused with HTTP ${answer.status}`);
    this.name = 'Refusal';
  }
}
