import type { SipResponse } from './sip-message';
import { parseParameter, splitOutside } from './split-values';
import type { WrittenRequest } from './write-request';

/**
 * RFC 3261 section 17.1.3: the branch of the topmost Via and the method of CSeq. Anything else on the wire is ignored:
 * a late answer to the request before, or a second final one (kamailio's example configuration sends a 500 after a 423).
 */
export function isAnswerTo(
  request: Pick<WrittenRequest, 'branch' | 'method' | 'sequence'>,
  answer: SipResponse,
): boolean {
  const [via = ''] = splitOutside(answer.headers.first('via') ?? '', ',');
  const branch = new Map(splitOutside(via, ';').slice(1).map(parseParameter)).get('branch');
  const [, sequence, method] = /^(\d{1,10})\s+(\S+)$/.exec(answer.headers.first('cseq') ?? '') ?? [];
  return branch === request.branch && method === request.method && Number(sequence) === request.sequence;
}
