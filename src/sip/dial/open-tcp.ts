import { connect, type Socket } from 'node:net';
import { within } from './within';

export type TcpOutcome = { socket: Socket } | { code: string };

/** `ETIMEDOUT`: nobody answered within the limit. @throws the reason of `signal` */
export async function openTcp(
  place: { address: string; port: number },
  timeoutMs: number,
  signal: AbortSignal,
): Promise<TcpOutcome> {
  const socket = connect({ host: place.address, port: place.port, noDelay: true });
  // Whatever becomes of it later must not end the process.
  socket.on('error', () => undefined);
  let isOpen = false;
  try {
    const outcome = await within<TcpOutcome>(timeoutMs, signal, (settle) => {
      const onConnect = (): void => settle({ socket });
      const onError = (error: NodeJS.ErrnoException): void => settle({ code: error.code ?? 'UNKNOWN' });
      socket.once('connect', onConnect).once('error', onError);
      return () => socket.off('connect', onConnect).off('error', onError);
    });
    isOpen = outcome !== undefined && 'socket' in outcome;
    return outcome ?? { code: 'ETIMEDOUT' };
  } finally {
    if (!isOpen) socket.destroy();
  }
}
