import { expectationFor } from './expectations';
import { startSandbox, type RunningSandbox } from './server';
import { SandboxClient } from './testing/client';

type Item = Record<string, unknown>;

const lower = (item: Item): string => String(item['email']).toLowerCase();

function isWhole(item: Item): boolean {
  const sip = item['sip'] as { realm?: string; credentials: Item[]; registrars: Item[] };
  const hashes = sip.credentials.every(({ algorithm, ha1 }) => String(ha1).length === (algorithm === 'MD5' ? 32 : 64));
  const targets = sip.registrars.every(
    ({ role, host, port }) =>
      ['sbc', 'backupSbc', 'pbx'].includes(String(role)) && /^[\w.-]+$/.test(String(host)) && Number(port) < 65_536,
  );
  return sip.realm !== undefined && hashes && targets;
}

/** Joins what the two services really serve. */
async function served(
  client: SandboxClient,
  zoomToken: string,
  cloudlinkToken: string,
  accountId: string,
  admins: number,
): Promise<Item> {
  const items = await client.psiItems(accountId, cloudlinkToken, 100);
  const lists = await Promise.all(
    ['active', 'inactive', 'pending'].map((status) => client.zoomUsers(status, zoomToken, 100)),
  );
  const [active = [], inactive = [], pending = []] = lists;
  const claims = new Map<string, Item[]>();
  for (const item of items) claims.set(lower(item), [...(claims.get(lower(item)) ?? []), item]);
  const directory = [...active.slice(admins), ...inactive, ...pending];
  const matched = directory.flatMap((user) => (claims.has(lower(user)) ? [claims.get(lower(user)) ?? []] : []));
  const single = matched.flatMap((claimants) => (claimants.length === 1 ? claimants : []));
  const ready = single.filter((item) => item['status'] === 'ready');
  return {
    cloudlinkItems: items.length,
    zoomUsers: { active: active.length - admins, inactive: inactive.length, pending: pending.length },
    integrated: matched.length,
    withCredential: ready.filter(isWhole).length,
    broken: ready.filter((item) => !isWhole(item)).length,
    pending: single.filter((item) => item['status'] === 'pending').length,
    revoked: single.filter((item) => item['status'] === 'revoked').length,
    ambiguous: matched.filter((claimants) => claimants.length > 1).length,
    unknownToCloudlink: directory.length - matched.length,
    noZoomUser: [...claims.keys()].filter((email) => !directory.some((user) => lower(user) === email)).length,
  };
}

describe('expectationFor', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 1003, seed: 'another seed' });
    client = new SandboxClient(sandbox);
  });
  afterAll(() => sandbox.stop());

  it.each([
    [1, 'one', 'c1000000-0000-4000-8000-000000000001'],
    [2, 'two', 'c2000000-0000-4000-8000-000000000002'],
  ] as const)('says what is served for account %d', async (account, prefix, accountId) => {
    const zoom = await client.zoomLogin(`${prefix}.owner`);
    const cloudlink = await client.cloudlinkLogin(`${prefix}.account-admin`);
    const { problems, ...counts } = expectationFor(1003, account);
    const { noZoomUser, ...real } = await served(client, zoom.accessToken, cloudlink.accessToken, accountId, 5);
    expect(counts).toEqual(real);
    expect(problems.no_zoom_user).toBe(noZoomUser);
  });

  it('adds up, and has each problem with 250 users', () => {
    const expectation = expectationFor(250);
    const { integrated, withCredential, pending, revoked, broken, ambiguous, problems } = expectation;
    expect(withCredential + pending + revoked + broken + ambiguous).toBe(integrated);
    expect(Object.values(problems).every((count) => count > 0)).toBe(true);
    // By hand: 8 users unknown to CloudLink, 5 unknown to Zoom, 3 duplicates.
    expect(expectation).toMatchObject({ cloudlinkItems: 250 - 8, integrated: 250 - 8 - 5 - 3 });
  });
});
