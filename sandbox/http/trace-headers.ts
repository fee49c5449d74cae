import { randomUUID } from 'node:crypto';

/** The id that support of either vendor asks for; every answer carries one, errors too. */
export function traceHeaders(path: string): Record<string, string> {
  if (path.startsWith('/zoom/'))
    return { 'x-zm-trackingid': `v=2.0;clid=us02;rid=WEB_${randomUUID().replaceAll('-', '')}` };
  return path.startsWith('/cloudlink/') ? { 'x-mitel-correlation-id': randomUUID() } : {};
}
