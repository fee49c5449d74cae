import type { RunningSandbox } from '../server';

export interface ServiceReply {
  status: number;
  body: Record<string, unknown>;
}

/** JSON over any CloudLink service; `path` begins with /2017-09-01. */
export async function cloudlinkCall(
  sandbox: RunningSandbox,
  service: 'cloudlinkAdmin' | 'cloudlinkNotifications',
  request: { method: string; path: string; token: string; body?: unknown },
): Promise<ServiceReply> {
  const response = await fetch(`${sandbox.urls[service]}${request.path}`, {
    method: request.method,
    headers: { authorization: `Bearer ${request.token}`, 'content-type': 'application/json' },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}
