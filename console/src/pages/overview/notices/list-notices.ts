import { PROVIDERS, type Provider } from '../../../session/provider';
import { takenOver, type TakenOver } from '../sides/newest-dead';
import type { Connector } from '../types';

/** What an admin should know, though nothing has to be done at once. */
export type Notice =
  | ({ kind: 'taken_over'; provider: Provider } & TakenOver)
  | { kind: 'alerts_undelivered'; count: number }
  | { kind: 'zoom_phone_failed'; code: string; since: string }
  | { kind: 'zoom_phone_scope' }
  | { kind: 'delta_refused'; reason: string; triesAgainAt: string | null };

export function listNotices(connector: Connector, now: number): Notice[] {
  if (connector.state === 'disconnected') return [];
  return [
    ...PROVIDERS.flatMap((provider): Notice[] => {
      const taken = takenOver(connector[provider], now);
      return taken === undefined ? [] : [{ kind: 'taken_over', provider, ...taken }];
    }),
    ...undelivered(connector),
    ...zoomPhone(connector),
    ...deltaRefused(connector),
  ];
}

const undelivered = ({ alerts }: Connector): Notice[] =>
  alerts.dead === 0 ? [] : [{ kind: 'alerts_undelivered', count: alerts.dead }];

function zoomPhone({ zoomPhone: { answer, failure } }: Connector): Notice[] {
  if (failure !== null) return [{ kind: 'zoom_phone_failed', ...failure }];
  return answer === 'scope_missing' ? [{ kind: 'zoom_phone_scope' }] : [];
}

const deltaRefused = ({ deltaRefused: refused }: Connector): Notice[] =>
  refused === null ? [] : [{ kind: 'delta_refused', reason: refused.reason, triesAgainAt: refused.triesAgainAt }];
