import type { Environment } from '../platform/config/read-environment';

/** Where a line may be drawn over again and again. */
export interface Terminal {
  columns(): number;
  write(text: string): void;
}

const USUAL_COLUMNS = 80;

/**
 * undefined: there is nobody in front of it who wants to see something move: a file or pipe, a terminal that cannot, CI, or
 * somebody who has set NO_COLOR.
 */
export function openTerminal(
  stream: { isTTY?: boolean; columns?: number; write(text: string): unknown },
  env: Environment,
): Terminal | undefined {
  const isSet = (name: string): boolean => !['', '0', 'false'].includes(env[name] ?? '');
  if (stream.isTTY !== true || isSet('NO_COLOR') || isSet('CI') || env['TERM'] === 'dumb') return undefined;
  return {
    columns: () => (stream.columns === undefined || stream.columns === 0 ? USUAL_COLUMNS : stream.columns),
    write: (text) => void stream.write(text),
  };
}
