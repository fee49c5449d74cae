import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ServiceClient } from './cloudlink/client-store';
import type { Subscription } from './cloudlink/subscription-store';
import type { Family } from './oauth/token-families';

/** What outlives the process. */
export interface State {
  families: readonly Family[];
  serviceClients: readonly ServiceClient[];
  subscriptions: readonly Subscription[];
}

export const EMPTY_STATE: State = { families: [], serviceClients: [], subscriptions: [] };

/** 1 had families only. */
const VERSION = 2;

/** Where authorisations outlive the process. Written whole, beside and renamed, so that it is never half. */
export class StateFile {
  constructor(private readonly path: string) {}

  /** @throws Error whose message names the file when its content is not what `write` makes */
  read(): State {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY_STATE;
      throw error;
    }
    try {
      return parse(text);
    } catch (cause) {
      throw new Error(`The sandbox's state file ${this.path} is damaged: delete it and authorise again.`, { cause });
    }
  }

  /** Synchronous on purpose: a token answer must not be sent before its rotation is on disk. */
  write(state: State): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const temporary = `${this.path}.${process.pid}.tmp`;
    writeFileSync(temporary, `${JSON.stringify({ version: VERSION, ...state })}\n`, { mode: 0o600 });
    renameSync(temporary, this.path);
  }
}

function parse(text: string): State {
  const file = JSON.parse(text) as Partial<State> & { version?: number };
  const { families, serviceClients = [], subscriptions = [] } = file;
  if (file.version !== 1 && file.version !== VERSION) throw new Error('a state file of another version');
  if (!isListOf(families, isFamily) || !isListOf(serviceClients, isClient) || !isListOf(subscriptions, isSubscription))
    throw new Error('not a state file');
  return { families, serviceClients, subscriptions };
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(isItem);
}

const areTexts = (...values: unknown[]): boolean => values.every((value) => typeof value === 'string');
const areWhole = (...values: unknown[]): boolean => values.every((value) => Number.isInteger(value));

function isFamily(value: unknown): value is Family {
  const family = value as Partial<Family> | null;
  return (
    areTexts(family?.id, family?.person, family?.clientId, family?.scope) &&
    (family?.side === 'zoom' || family?.side === 'cloudlink') &&
    areWhole(family.refreshNumber, family.accessNumber, family.accessFloor)
  );
}

function isClient(value: unknown): value is ServiceClient {
  const client = value as Partial<ServiceClient> | null;
  return (
    areTexts(client?.clientId, client?.role, client?.name, client?.secretHash) &&
    (client?.account === 1 || client?.account === 2) &&
    areWhole(client.createdMs)
  );
}

function isSubscription(value: unknown): value is Subscription {
  const one = value as Partial<Subscription> | null;
  return (
    areTexts(one?.subscriptionId, one?.creator, one?.applicationId, one?.deviceId, one?.topic) &&
    (one?.account === 1 || one?.account === 2) &&
    areWhole(one.createdMs)
  );
}
