import { printable } from '../message/parse-contacts';
import type { SipResponse } from '../message/sip-message';

/** All of an answer that anybody is shown: the status line, who sent it, and when to come again. */
export interface SipAnswer {
  code: number;
  reason: string;
  server: string | null;
  /** Seconds of Retry-After; null: none. */
  retryAfter: number | null;
}

const MAX_WORD = 120;
const MAX_RETRY_AFTER = 7 * 86_400;

export function readAnswer({ code, reason, headers }: SipResponse): SipAnswer {
  const server = headers.first('server') ?? headers.first('user-agent');
  const [seconds] = /^\d{1,9}/.exec(headers.first('retry-after') ?? '') ?? [];
  return {
    code,
    reason: printable(reason, MAX_WORD),
    server: server === undefined ? null : printable(server, MAX_WORD),
    retryAfter: seconds === undefined ? null : Math.min(Number(seconds), MAX_RETRY_AFTER),
  };
}
