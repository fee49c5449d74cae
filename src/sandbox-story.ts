import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNTS } from '../sandbox/accounts';
import { walkAuthorise } from '../sandbox/walkthrough';
import { AppError } from './platform/errors/app-error';

/** What the story does to a connector, and how it looks at it; the same for the command line and its test. */
export interface StoryStage {
  sandboxUrl: string;
  publicUrl: string;
  connectorId: string;
  /** `Authorization` header of a client with all scopes. */
  authorization: string;
  tell: (text: string) => void;
}

export interface StoryEnd {
  connectorId: string;
  steps: { what: string; ms: number; state: string; activeAdmin: string | null }[];
  /** Status reads while the admins were leaving. */
  reads: { answered: number; failed: number };
}

interface Overview {
  state: string;
  zoom: { accountId: string | null; grants: { state: string; admin: string; deadReason: string | null }[] };
}

interface Person {
  key: string;
  account: number;
  email: string;
  role: string;
}

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;
const READ_EVERY_MS = 20;

/**
 * The owner who set the connector up leaves; a standby takes over. Then the standby leaves as well: users keep their
 * telephones, and the link that every alert carries brings the connector back.
 */
export async function playOwnerLeaves(stage: StoryStage): Promise<StoryEnd> {
  const steps: StoryEnd['steps'] = [];
  const began = Date.now();
  const note = async (what: string): Promise<void> => {
    const { state, zoom } = await overview(stage);
    const activeAdmin = zoom.grants.find((grant) => grant.state === 'active')?.admin ?? null;
    const ms = Date.now() - began;
    steps.push({ what, ms, state, activeAdmin });
    stage.tell(`${(ms / 1000).toFixed(1).padStart(5)} s  ${what}`);
    stage.tell(`         ${state}, Zoom through ${activeAdmin ?? 'nobody'}`);
  };
  const first = await activeAdmin(stage);
  const [standby, later] = await others(stage, first);
  const readers = startReading(stage);
  try {
    await note(`${first.email} set this connector up.`);
    await authorise(stage, standby);
    await note(`${standby.email} opened the link and waits as a standby.`);
    await leave(stage, first);
    await until(stage, 'the switch', (seen) => adminOf(seen) === standby.email);
    await note(`${first.email} left the company. Zoom told us, and the standby has taken over.`);
    await sync(stage);
    await note('A sync ended as if nothing had happened.');
    await leave(stage, standby);
    await until(stage, 'the state', ({ state }) => state === 'reauthorization_required');
    await note(`${standby.email} left too. Nobody is left: only syncing pauses, the telephones go on.`);
    await authorise(stage, later);
    await until(stage, 'the recovery', ({ state }) => state === 'active');
    await note(`${later.email} opened the link from the alert.`);
    await sync(stage);
    await note('The next sync ended well.');
  } finally {
    await readers.stop();
    // The company gets its people back, so that the story can be played again.
    await control(stage, 'POST', 'reset', {});
  }
  const { answered, failed } = readers.counts;
  stage.tell(`${answered} status reads in the meantime, ${failed} of them failed.`);
  return { connectorId: stage.connectorId, steps, reads: { answered, failed } };
}

function startReading(stage: StoryStage): { counts: StoryEnd['reads']; stop(): Promise<void> } {
  const counts = { answered: 0, failed: 0 };
  let running = true;
  const loop = (async (): Promise<void> => {
    const { items } = await api<{ items: { email: string }[] }>(stage, 'GET', '/users?limit=20');
    for (let n = 0; running && items.length > 0; n += 1) {
      const email = items[n % items.length]?.email ?? '';
      await api(stage, 'GET', `/users/${encodeURIComponent(email)}/status`).then(
        () => (counts.answered += 1),
        () => (counts.failed += 1),
      );
      await sleep(READ_EVERY_MS);
    }
  })();
  return {
    counts,
    stop: async () => {
      running = false;
      await loop;
    },
  };
}

const overview = (stage: StoryStage): Promise<Overview> => api<Overview>(stage, 'GET', '');

const adminOf = ({ zoom }: Overview): string | undefined =>
  zoom.grants.find((grant) => grant.state === 'active')?.admin;

async function people(stage: StoryStage): Promise<Person[]> {
  return (await control<{ zoom: Person[] }>(stage, 'GET', 'people')).zoom;
}

async function activeAdmin(stage: StoryStage): Promise<Person> {
  const seen = await overview(stage);
  const person = (await people(stage)).find(({ email }) => email === adminOf(seen));
  if (person === undefined)
    throw new AppError('unavailable', 'The connector has no active Zoom admin of the sandbox: connect it first.');
  return person;
}

/** Two admins of the same account who are still there. */
async function others(stage: StoryStage, first: Person): Promise<[Person, Person]> {
  const { zoom } = await overview(stage);
  const plan = ACCOUNTS.find(({ zoomAccountId }) => zoomAccountId === zoom.accountId);
  const candidates = (await people(stage)).filter(
    ({ account, role, key }) => account === plan?.number && key !== first.key && ['owner', 'admin'].includes(role),
  );
  const [standby, later] = candidates;
  if (standby === undefined || later === undefined)
    throw new AppError('unavailable', 'The sandbox account lacks two more admins: reset the sandbox first.');
  return [standby, later];
}

async function authorise(stage: StoryStage, person: Person): Promise<void> {
  const { url } = await api<{ url: string }>(stage, 'POST', '/authorize-links', { provider: 'zoom' });
  const page = await walkAuthorise({ startUrl: url, zoomPerson: person.key });
  if (page.status !== 200)
    throw new AppError('unavailable', `The authorisation of ${person.email} ended with HTTP ${page.status}.`);
}

async function leave(stage: StoryStage, person: Person): Promise<void> {
  await control(stage, 'POST', 'mutations', { action: 'remove-person', side: 'zoom', person: person.key });
}

async function sync(stage: StoryStage): Promise<void> {
  const { id } = await api<{ id: string }>(stage, 'POST', '/sync');
  await poll('the sync', async () => {
    const { state } = await api<{ state: string }>(stage, 'GET', `/sync-runs/${id}`);
    if (state === 'failed') throw new AppError('unavailable', 'The sync failed.');
    return state === 'succeeded' || state === 'awaiting_approval';
  });
}

const until = (stage: StoryStage, what: string, is: (seen: Overview) => boolean): Promise<void> =>
  poll(what, async () => is(await overview(stage)));

async function poll(what: string, probe: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await probe())) {
    if (Date.now() > end) throw new AppError('unavailable', `Waited ${PATIENCE_MS / 1000} s in vain for ${what}.`);
    await sleep(LOOK_EVERY_MS);
  }
}

async function api<T>(stage: StoryStage, method: string, path: string, body?: object): Promise<T> {
  const url = `${stage.publicUrl}/v1/connectors/${stage.connectorId}${path}`;
  return send<T>(url, method, body, { authorization: stage.authorization });
}

async function control<T>(stage: StoryStage, method: string, path: string, body?: object): Promise<T> {
  return send<T>(`${stage.sandboxUrl}/_control/${path}`, method, body, {});
}

async function send<T>(
  url: string,
  method: string,
  body: object | undefined,
  headers: Record<string, string>,
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  if (!response.ok)
    throw new AppError('unavailable', `${method} ${new URL(url).pathname} answered HTTP ${response.status}.`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}
