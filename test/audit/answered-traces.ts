import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

export interface AnsweredTrace {
  path: string;
  zoom: string | undefined;
  mitel: string | undefined;
}

const CHANNEL = 'http.client.response.finish';

/** Listens at the network's edge of this process: the ids that the emulators really gave their answers, oldest first. */
export function listenForTraces(): { seen: AnsweredTrace[]; stop: () => void } {
  const seen: AnsweredTrace[] = [];
  const hear = (message: unknown): void => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    const header = (name: string): string | undefined => response.headers[name] as string | undefined;
    seen.push({ path: request.path, zoom: header('x-zm-trackingid'), mitel: header('x-mitel-correlation-id') });
  };
  subscribe(CHANNEL, hear);
  return { seen, stop: () => void unsubscribe(CHANNEL, hear) };
}
