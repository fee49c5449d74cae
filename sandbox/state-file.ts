import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Family } from './oauth/token-families';

interface State {
  version: 1;
  families: Family[];
}

/** Where authorisations outlive the process. Written whole, beside and renamed, so that it is never half. */
export class StateFile {
  constructor(private readonly path: string) {}

  /** @throws Error whose message names the file when its content is not what `write` makes */
  read(): Family[] {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    try {
      return parse(text);
    } catch (cause) {
      throw new Error(`The sandbox's state file ${this.path} is damaged: delete it and authorise again.`, { cause });
    }
  }

  /** Synchronous on purpose: a token answer must not be sent before its rotation is on disk. */
  write(families: readonly Family[]): void {
    const state: State = { version: 1, families: [...families] };
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const temporary = `${this.path}.${process.pid}.tmp`;
    writeFileSync(temporary, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    renameSync(temporary, this.path);
  }
}

function parse(text: string): Family[] {
  const state = JSON.parse(text) as Partial<State>;
  if (state.version !== 1 || !Array.isArray(state.families) || !state.families.every(isFamily))
    throw new Error('not a state file');
  return state.families;
}

function isFamily(value: unknown): value is Family {
  const family = value as Partial<Family> | null;
  return (
    typeof family?.id === 'string' &&
    (family.side === 'zoom' || family.side === 'cloudlink') &&
    [family.person, family.clientId, family.scope].every((item) => typeof item === 'string') &&
    [family.refreshNumber, family.accessNumber, family.accessFloor].every((item) => Number.isInteger(item))
  );
}
