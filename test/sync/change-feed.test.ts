import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectorRepository } from '../../src/connector/connector.repository';
import { AuditLog } from '../../src/platform/audit/audit-log';
import { composeFollowZoomUser } from '../../src/sync/events/compose-follow-zoom-user';
import { ChangeFeedRepository } from '../../src/users/changes/change-feed.repository';
import { ChangeFeedService } from '../../src/users/changes/change-feed.service';
import type { ChangeKind } from '../../src/users/changes/change-kinds';
import { ChangeLogRepository } from '../../src/users/changes/change-log.repository';
import { purgeChanges } from '../../src/users/changes/remove-old-changes';
import { ChooseUsers } from '../../src/users/chosen/choose-users';
import { ChosenUsersRepository } from '../../src/users/chosen/chosen-users.repository';
import { ChosenUsersService } from '../../src/users/chosen/chosen-users.service';
import { RegistrationsRepository } from '../../src/users/registrations.repository';
import { StoredStatusRepository } from '../../src/users/stored-status.repository';
import { credential, emailOf, ha1Of, numbers, psiUser, zoomUser } from './fake-remotes';
import { NEVER, SyncHarness } from './sync-harness';

const ALL_NEW: ChangeKind[] = ['added', 'credential', 'targets'];

/** Somebody who follows one connector and remembers everything that they were told. */
class Reader {
  readonly told: [email: string, ...kinds: ChangeKind[]][] = [];

  constructor(
    private readonly feed: ChangeFeedService,
    private readonly connectorId: string,
    public cursor?: string,
  ) {}

  /** One page. @returns whether there is more */
  async read(limit = 200): Promise<boolean> {
    const query = this.cursor === undefined ? { limit } : { limit, cursor: this.cursor };
    const { items, nextCursor, more } = await this.feed.list(this.connectorId, query);
    for (const item of items) this.told.push([item.email, ...item.changed]);
    this.cursor = nextCursor;
    return more;
  }

  /** Everything there is. @returns what was told since the last time */
  async drain(limit = 200): Promise<Reader['told']> {
    while (await this.read(limit));
    return this.told.splice(0);
  }
}

describe('the change feed', () => {
  let sync: SyncHarness;
  let feed: ChangeFeedService;
  const log = new ChangeLogRepository();
  const feeds = new ChangeFeedRepository();

  beforeEach(async () => {
    sync = await SyncHarness.open();
    feed = new ChangeFeedService(sync.database, feeds);
  });
  afterEach(() => sync.close());

  const chosen = (): ChosenUsersService => {
    const statuses = new StoredStatusRepository(new RegistrationsRepository());
    const users = new ChosenUsersRepository();
    const choose = new ChooseUsers(users, statuses, log);
    return new ChosenUsersService(sync.database, users, choose, new AuditLog(sync.database), sync.clock);
  };

  /** A connector with `count` synced users, and a reader who knows them already. */
  async function following(count: number): Promise<{ connectorId: string; reader: Reader }> {
    const connectorId = await sync.connector();
    sync.fill(count);
    await sync.sync(connectorId);
    const reader = new Reader(feed, connectorId);
    await reader.drain();
    return { connectorId, reader };
  }

  const userIds = async (connectorId: string): Promise<string[]> =>
    (
      await sync.database.query<{ user_id: string }>(
        'select user_id from integrated_users where connector_id = $1 order by zoom_user_id',
        [connectorId],
      )
    ).rows.map((row) => row.user_id);

  const refused = (connectorId: string, cursor: string): Promise<unknown> =>
    feed.list(connectorId, { cursor, limit: 10 }).then(
      () => undefined,
      (error: unknown) => error,
    );

  describe('what it tells', () => {
    it('of a first sync: everybody, once, in any page size', async () => {
      const connectorId = await sync.connector();
      sync.fill(23);
      sync.cloudlink.users[4] = psiUser(5, { status: 'pending', credential: undefined });
      await sync.sync(connectorId);
      const expected = numbers(23).map((n) => [emailOf(n), ...(n === 5 ? ['added'] : ALL_NEW)]);
      for (const limit of [1, 7, 23, 200]) {
        expect((await new Reader(feed, connectorId).drain(limit)).sort()).toEqual([...expected].sort());
      }
    });

    it('nothing of a sync that finds everything as it was, and it writes nothing', async () => {
      const { connectorId, reader } = await following(5);
      const rows = (): Promise<unknown> =>
        sync.database
          .query('select (select array_agg(f.xmin::text) from change_feeds f), (select count(*) from user_changes)')
          .then((result) => result.rows);
      const before = await rows();
      await sync.sync(connectorId);
      expect(await reader.drain()).toEqual([]);
      expect(await rows()).toEqual(before);
    });

    it.each<[string, Parameters<typeof psiUser>[1], ChangeKind[]]>([
      ['a user name', { credential: { ...credential(2), userName: '+49' } }, ['credential']],
      ['an auth user name', { credential: { ...credential(2), authUserName: '1' } }, ['credential']],
      ['a realm', { credential: { ...credential(2), realm: 'other' } }, ['credential']],
      ['a hash', { credential: { ...credential(2), ha1: [{ algorithm: 'MD5', ha1: ha1Of(77) }] } }, ['credential']],
      [
        'another hash beside it',
        {
          credential: {
            ...credential(2),
            ha1: [...credential(2).ha1, { algorithm: 'SHA-256', ha1: ha1Of(2).repeat(2) }],
          },
        },
        ['credential'],
      ],
      [
        'a port of a target',
        { credential: { ...credential(2), targets: [{ role: 'sbc', host: 'h', port: 1, transport: 'tls' }] } },
        ['targets'],
      ],
      ['a credential that is revoked', { status: 'revoked', credential: undefined }, ['credential', 'targets']],
    ])('%s', async (_, changes, kinds) => {
      const { connectorId, reader } = await following(3);
      sync.cloudlink.users[1] = psiUser(2, changes);
      await sync.sync(connectorId);
      expect(await reader.drain()).toEqual([[emailOf(2), ...kinds]]);
    });

    it('not of a name, an extension or a status', async () => {
      const { connectorId, reader } = await following(3);
      sync.cloudlink.users[0] = psiUser(1, { displayName: 'Other', extension: '1' });
      sync.zoom.users[1] = zoomUser(2, { status: 'inactive' });
      const run = await sync.sync(connectorId);
      expect(run.counts.updated).toBe(2);
      expect(await reader.drain()).toEqual([]);
    });

    it('of another email, with the new one', async () => {
      const { connectorId, reader } = await following(3);
      sync.zoom.users[0] = zoomUser(1, { email: 'new@example.com' });
      sync.cloudlink.users[0] = psiUser(1, { email: 'new@example.com' });
      await sync.sync(connectorId);
      expect(await reader.drain()).toEqual([['new@example.com', 'identity']]);
    });

    it('of a removal and of the way back', async () => {
      const { connectorId, reader } = await following(10);
      const late = new Reader(feed, connectorId, reader.cursor);
      sync.cloudlink.users.shift();
      await sync.sync(connectorId);
      expect(await reader.drain()).toEqual([]);
      await sync.sync(connectorId);
      expect(await reader.drain()).toEqual([[emailOf(1), 'removed']]);
      sync.fill(10);
      await sync.sync(connectorId);
      expect(await reader.drain()).toEqual([[emailOf(1), ...ALL_NEW]]);
      expect(await late.drain()).toEqual([[emailOf(1), 'removed', ...ALL_NEW]]);
    });

    it('of who was chosen by hand, lost their credential, and was taken out', async () => {
      const connectorId = await sync.connector({ membership: 'chosen' });
      const reader = new Reader(feed, connectorId);
      const by = { actorKind: 'system', actorId: 'test' } as const;
      sync.fill(6);
      for (const n of [1, 2, 3]) await chosen().add(connectorId, emailOf(n), by);
      await chosen().add(connectorId, emailOf(1), by);
      expect(await reader.drain()).toEqual([1, 2, 3].map((n) => [emailOf(n), 'added']));
      await sync.sync(connectorId);
      expect((await reader.drain()).sort()).toEqual(
        [1, 2, 3].map((n) => [emailOf(n), 'identity', 'credential', 'targets']),
      );
      sync.cloudlink.users.shift();
      await sync.sync(connectorId);
      expect(await reader.drain()).toEqual([]);
      await sync.sync(connectorId);
      expect(await reader.drain()).toEqual([[emailOf(1), 'credential', 'targets']]);
      await chosen().remove(connectorId, emailOf(2), by);
      expect(await reader.drain()).toEqual([[emailOf(2), 'removed']]);
      await chosen().add(connectorId, emailOf(2), by);
      expect(await reader.drain()).toEqual([[emailOf(2), 'added']]);
    });

    it('of what Zoom says of one user between two syncs', async () => {
      const { connectorId, reader } = await following(3);
      const { database, grants, zoom, clock } = sync;
      const follow = async (n: number): Promise<unknown> => {
        const connector = { connectorId, state: 'active', membership: 'automatic' } as const;
        return composeFollowZoomUser({ database, grants, zoom, clock }).follow(
          connector,
          `zoom-${n}`,
          ['user.updated'],
          NEVER,
        );
      };
      jest.spyOn(zoom, 'getUser').mockResolvedValueOnce(zoomUser(1, { email: 'new@example.com', status: 'inactive' }));
      expect(await follow(1)).toBe('applied');
      expect(await reader.drain()).toEqual([['new@example.com', 'identity']]);
      jest.spyOn(zoom, 'getUser').mockResolvedValueOnce(zoomUser(2, { status: 'inactive' }));
      expect(await follow(2)).toBe('applied');
      expect(await reader.drain()).toEqual([]);
      jest.spyOn(zoom, 'getUser').mockResolvedValueOnce(undefined);
      expect(await follow(2)).toBe('removed');
      expect(await reader.drain()).toEqual([[emailOf(2), 'removed']]);
    });

    it('once of who changed five times, with all of it, where it last happened', async () => {
      const { connectorId, reader } = await following(4);
      const targets = (port: number) => [{ role: 'sbc', host: 'h', port, transport: 'tls' }] as const;
      for (const port of [1, 2, 3]) {
        sync.cloudlink.users[0] = psiUser(1, { credential: { ...credential(1), targets: [...targets(port)] } });
        await sync.sync(connectorId);
      }
      sync.cloudlink.users[2] = psiUser(3, { credential: { ...credential(3), realm: 'a' } });
      await sync.sync(connectorId);
      for (const realm of ['b', 'c']) {
        sync.cloudlink.users[0] = psiUser(1, { credential: { ...credential(1), realm, targets: [...targets(3)] } });
        await sync.sync(connectorId);
      }
      expect(await reader.drain(1)).toEqual([
        [emailOf(3), 'credential'],
        [emailOf(1), 'targets', 'credential'],
      ]);
    });

    it('no secret', async () => {
      const { connectorId } = await following(3);
      const answer = JSON.stringify(await feed.list(connectorId, { limit: 10 }));
      const { rows } = await sync.database.query('select * from user_changes');
      for (const text of [answer, JSON.stringify(rows)]) {
        expect(text).not.toContain(ha1Of(1));
        expect(text).not.toContain(credential(1).userName);
        expect(text).not.toContain(credential(1).realm);
        expect(text).not.toContain('sbc.example.com');
      }
    });
  });

  describe('exactly once', () => {
    it('loses nothing to a writer who began first and commits last', async () => {
      const { connectorId, reader } = await following(2);
      const [first = '', second = ''] = await userIds(connectorId);
      const append = (userId: string, via: Parameters<typeof log.append>[3]): Promise<void> =>
        log.append(connectorId, [{ userId, kinds: ['credential'] }], new Date(), via);
      let commitFirst = (): void => undefined;
      const mayCommit = new Promise<void>((resolve) => (commitFirst = resolve));
      let hasWritten = (): void => undefined;
      const written = new Promise<void>((resolve) => (hasWritten = resolve));
      const slow = sync.database.transaction(async (transaction) => {
        await append(first, transaction);
        hasWritten();
        await mayCommit;
      });
      await written;
      // Began after the slow one. It commits before it if it can.
      const quick = sync.database.transaction((transaction) => append(second, transaction));
      await Promise.race([quick, sleep(300)]);
      await reader.read();
      commitFirst();
      await Promise.all([slow, quick]);
      await reader.read();
      expect(reader.told).toEqual([
        [emailOf(1), 'credential'],
        [emailOf(2), 'credential'],
      ]);
    });

    it('loses and repeats nothing while eight writers commit as it comes', async () => {
      const { connectorId, reader } = await following(160);
      const ids = await userIds(connectorId);
      let isWriting = true;
      const writers = numbers(8).map(async (writer) => {
        for (const userId of ids.filter((_, index) => index % 8 === writer - 1)) {
          await sync.database.transaction(async (transaction) => {
            await transaction.query('select pg_current_xact_id()');
            await sleep(Math.random() * 4);
            await log.append(connectorId, [{ userId, kinds: ['targets'] }], new Date(), transaction);
            await sleep(Math.random() * 4);
          });
        }
      });
      const reading = (async (): Promise<void> => {
        while (isWriting) await reader.read(3);
      })();
      await Promise.all(writers);
      isWriting = false;
      await reading;
      while (await reader.read(3));
      expect(reader.told).toHaveLength(160);
      expect(new Set(reader.told.map(([email]) => email)).size).toBe(160);
    });

    it('goes on while syncs run', async () => {
      const connectorId = await sync.connector();
      const reader = new Reader(feed, connectorId);
      sync.cloudlink.pageSize = 40;
      sync.cloudlink.before = () => sleep(5);
      const during = async (work: Promise<unknown>): Promise<Reader['told']> => {
        let isOver = false;
        const over = work.finally(() => (isOver = true));
        while (!isOver) {
          await reader.read(7);
          await sleep(3);
        }
        await over;
        return reader.drain(7);
      };
      sync.fill(400);
      const everybody = numbers(400).map((n) => [emailOf(n), ...ALL_NEW]);
      expect((await during(sync.sync(connectorId))).sort()).toEqual(everybody.sort());
      sync.cloudlink.users = numbers(400).map((n) => psiUser(n, { credential: { ...credential(n), realm: 'new' } }));
      const changed = numbers(400).map((n) => [emailOf(n), 'credential']);
      expect((await during(sync.sync(connectorId))).sort()).toEqual(changed.sort());
    });

    it('keeps its round while users change who were not told yet, and who were', async () => {
      const { connectorId, reader } = await following(6);
      const ids = await userIds(connectorId);
      const append = (n: number, kind: ChangeKind): Promise<void> =>
        sync.database.transaction((transaction) =>
          log.append(connectorId, [{ userId: ids[n - 1] ?? '', kinds: [kind] }], new Date(), transaction),
        );
      for (const n of [1, 2, 3, 4]) await append(n, 'credential');
      expect(await reader.read(2)).toBe(true);
      await append(1, 'targets');
      await append(4, 'targets');
      expect(await reader.read(2)).toBe(true);
      expect(await reader.read(2)).toBe(false);
      expect(reader.told).toEqual([
        ...[1, 2, 3, 4].map((n) => [emailOf(n), 'credential']),
        ...[1, 4].map((n) => [emailOf(n), 'targets']),
      ]);
    });

    it('does not mix connectors', async () => {
      const { reader } = await following(3);
      const other = await following(5);
      sync.cloudlink.users[0] = psiUser(1, { credential: { ...credential(1), realm: 'new' } });
      await sync.sync(other.connectorId);
      expect(await reader.drain()).toEqual([]);
      expect(await other.reader.drain()).toHaveLength(1);
    });
  });

  describe('its cursor', () => {
    it('`now` brings nobody, and what follows', async () => {
      const { connectorId } = await following(3);
      const answer = await feed.list(connectorId, { cursor: 'now', limit: 10 });
      expect(answer).toMatchObject({ items: [], more: false });
      sync.cloudlink.users[0] = psiUser(1, { credential: { ...credential(1), realm: 'new' } });
      await sync.sync(connectorId);
      expect(await new Reader(feed, connectorId, answer.nextCursor).drain()).toEqual([[emailOf(1), 'credential']]);
    });

    it('is there before anything ever changed', async () => {
      const connectorId = await sync.connector();
      const reader = new Reader(feed, connectorId, 'now');
      expect(await reader.drain()).toEqual([]);
      sync.fill(2);
      await sync.sync(connectorId);
      expect(await reader.drain()).toHaveLength(2);
    });

    it('of another connector, or changed by hand, is refused by its name', async () => {
      const { connectorId, reader } = await following(3);
      const other = await following(3);
      const cursor = reader.cursor ?? '';
      for (const bad of [other.reader.cursor ?? '', `B${cursor.slice(1)}`, 'nonsense', '']) {
        expect(await refused(connectorId, bad)).toMatchObject({
          code: 'invalid_request',
          fields: [{ field: 'cursor', rule: expect.any(String) }],
        });
      }
    });

    it('that is older than what was purged is told so; one that is not goes on', async () => {
      const { connectorId, reader: old } = await following(5);
      const change = async (n: number, realm: string): Promise<void> => {
        sync.cloudlink.users[n - 1] = psiUser(n, { credential: { ...credential(n), realm } });
        await sync.sync(connectorId);
      };
      await change(1, 'a');
      const fresh = new Reader(feed, connectorId, old.cursor);
      await fresh.drain();
      await sync.database.query(`update user_changes set at = at - interval '31 days'`);
      await change(2, 'b');
      const purge = (): Promise<number> =>
        purgeChanges(sync.database, feeds, new Date(Date.now() - 30 * 86_400_000), NEVER, 4);
      expect(await purge()).toBe(6);
      expect(await purge()).toBe(0);
      expect(await refused(connectorId, old.cursor ?? '')).toMatchObject({
        code: 'cursor_too_old',
        message: expect.stringContaining('full list of users'),
      });
      expect(await fresh.drain()).toEqual([[emailOf(2), 'credential']]);
      expect(await new Reader(feed, connectorId).drain()).toEqual([[emailOf(2), 'credential']]);
      expect(await refused(connectorId, 'now')).toBeUndefined();
    });

    it('that knows more than the database, which came from a backup, is too old as well', async () => {
      const { connectorId, reader } = await following(5);
      await sync.database.query('delete from user_changes where position > 2');
      await sync.database.query('update change_feeds set last_position = 2');
      expect(await refused(connectorId, reader.cursor ?? '')).toMatchObject({ code: 'cursor_too_old' });
    });

    it('of a connector that was disconnected is too old: nobody is left to tell of', async () => {
      const { connectorId, reader } = await following(5);
      await sync.database.transaction((transaction) => new ConnectorRepository().deleteUsers(transaction, connectorId));
      expect(await refused(connectorId, reader.cursor ?? '')).toMatchObject({ code: 'cursor_too_old' });
      expect(await new Reader(feed, connectorId).drain()).toEqual([]);
      expect(await new Reader(feed, connectorId, 'now').drain()).toEqual([]);
      const { rows } = await sync.database.query('select from user_changes');
      expect(rows).toEqual([]);
    });
  });
});
