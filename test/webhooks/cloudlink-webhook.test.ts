import { randomUUID } from 'node:crypto';
import { accountPlan } from '../../sandbox/accounts';
import { CLOUDLINK_LOGINS } from '../../sandbox/people';
import { cloudlinkWebhookUrl, CLOUDLINK_WEBHOOK_SECRET } from '../../src/cloudlink/webhooks/cloudlink-webhook-url';
import { GrantWatch } from '../../src/oauth/grant-watch';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { Database } from '../../src/platform/database/database';
import { endedRun, startProgram, until, type Program } from '../support/program';
import {
  CLOUDLINK_ACCOUNT,
  deliveryRows,
  outcomeOf,
  post,
  postponeSync,
  secondsToSync,
  waitingJobs,
  type Answered,
} from './webhook-support';

const ADMIN = CLOUDLINK_LOGINS.find((login) => login.key === 'one.account-admin')?.userId ?? '';

/** A publication as Mitel's sample has it, of the topic of users. */
const publication = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  publicationId: randomUUID(),
  topic: 'platform-api-admin',
  method: 'PUT',
  subject: `/2017-09-01/accounts/${CLOUDLINK_ACCOUNT}/users/${randomUUID()}`,
  content: { email: 'juergen.gross@example.com', sipPassword: 'hunter2' },
  publisher: { accountId: CLOUDLINK_ACCOUNT, principalId: randomUUID() },
  subscription: { subscriptionId: '0'.repeat(32) },
  notification: { createdOn: '2026-04-26T12:12:39.971Z', correlationId: randomUUID() },
  ...changes,
});

describe('POST /webhooks/cloudlink/:connectorId/:secret', () => {
  let program: Program;
  let connectorId: string;
  let secret: string;
  let url: string;
  let hint: jest.SpyInstance<Promise<void>, Parameters<GrantWatch['hint']>>;

  beforeAll(async () => {
    program = await startProgram({ users: 10 });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    secret = (await program.app.get(ConnectorCiphers).for(connectorId)).derive(CLOUDLINK_WEBHOOK_SECRET);
    url = cloudlinkWebhookUrl(program.config.publicUrl, connectorId, secret);
    hint = jest.spyOn(program.app.get(GrantWatch), 'hint');
  });
  afterAll(() => program.stop());
  beforeEach(async () => {
    hint.mockReset().mockResolvedValue(undefined);
    await postponeSync(program);
  });
  afterEach(async () => {
    await until('the jobs to be done', async () => ((await waitingJobs(program)) === 0 ? true : undefined));
    await program.database.query('delete from webhook_deliveries');
  });

  const send = (body: object | string, to = url): Promise<Answered> =>
    post(to, typeof body === 'string' ? body : JSON.stringify(body), { 'content-type': 'application/json' });
  const followed = async (body: Record<string, unknown>): Promise<string> => {
    expect((await send(body)).status).toBe(200);
    return outcomeOf(program, String(body['publicationId']));
  };

  it('asks for a sync soon, whatever has happened', async () => {
    expect(await followed(publication())).toBe('sync_requested');
    expect(await secondsToSync(program)).toBeLessThanOrEqual(30);
    expect(await secondsToSync(program)).toBeGreaterThan(0);
    await postponeSync(program);
    expect(await followed(publication({ subject: `/2017-09-01/accounts/${CLOUDLINK_ACCOUNT}` }))).toBe(
      'sync_requested',
    );
    expect(await secondsToSync(program)).toBeLessThanOrEqual(30);
    expect(hint).not.toHaveBeenCalled();
  });

  it.each([
    ['somebody has left', { method: 'DELETE' }],
    ['the account has changed', { subject: `/2017-09-01/accounts/${CLOUDLINK_ACCOUNT}` }],
  ])('asks for a full sync when %s: CloudLink’s changed users do not tell', async (_, changes) => {
    const isFullDue = async (): Promise<boolean> =>
      (await program.database.query('select from connectors where next_full_sync_at is null')).rowCount === 1;
    await program.database.query(`update connectors set next_full_sync_at = now() + interval '6 hours'`);
    expect(await followed(publication())).toBe('sync_requested');
    expect(await isFullDue()).toBe(false);
    expect(await followed(publication(changes))).toBe('sync_requested');
    expect(await isFullDue()).toBe(true);
  });

  it('does nothing when the same publication comes again', async () => {
    const body = publication();
    await followed(body);
    await until('the job', async () => ((await waitingJobs(program)) === 0 ? true : undefined));
    await postponeSync(program);
    expect((await send(body)).status).toBe(200);
    expect(await waitingJobs(program)).toBe(0);
    expect(await deliveryRows(program)).toHaveLength(1);
    expect(await secondsToSync(program)).toBeGreaterThan(3_600);
  });

  it('stores ids and nothing else, and logs no address', async () => {
    await followed(publication());
    const everything = `${JSON.stringify(await deliveryRows(program))}${program.log()}`;
    const words = ['hunter2', 'juergen', 'correlationId', secret];
    expect(words.filter((word) => everything.includes(word))).toEqual([]);
    expect(everything).toContain('/webhooks/cloudlink/:connectorId/:secret');
  });

  it.each([
    ['DELETE', 'user_left'],
    ['PUT', 'user_changed'],
    ['POST', 'user_changed'],
  ])('%s of somebody who gave a grant: %s', async (method, reason) => {
    const subject = `/2017-09-01/accounts/${CLOUDLINK_ACCOUNT}/users/${ADMIN}`;
    expect(await followed(publication({ method, subject }))).toBe('sync_requested');
    expect(hint.mock.calls).toEqual([
      [
        {
          connectorId,
          provider: 'cloudlink',
          subjectId: ADMIN,
          reason,
          occurredAt: new Date('2026-04-26T12:12:39.971Z'),
        },
      ],
    ]);
  });

  it.each([
    ['another account', { publisher: { accountId: accountPlan(2).cloudlinkAccountId } }],
    ['another topic', { topic: 'platform-api-media' }],
    ['no publication id', { publicationId: undefined }],
    ['no publisher', { publisher: undefined }],
  ])('ignores %s', async (_what, changes) => {
    expect((await send(publication(changes))).status).toBe(200);
    expect([await deliveryRows(program), await waitingJobs(program)]).toEqual([[], 0]);
  });

  it.each(['', 'no JSON', '[]', '['.repeat(500_000)])('answers 200 to what makes no sense', async (body) => {
    expect((await send(body)).status).toBe(200);
    expect(await deliveryRows(program)).toEqual([]);
  });

  it.each([
    ['reauthorization_required', 'waits_for_sync'],
    ['disconnected', 'ignored'],
  ])('a connector that is %s: %s', async (state, outcome) => {
    await program.database.query('update connectors set state = $1', [state]);
    try {
      expect(await followed(publication())).toBe(outcome);
    } finally {
      await program.database.query(`update connectors set state = 'active'`);
    }
    expect(await secondsToSync(program)).toBeGreaterThan(3_600);
  });

  it('asks to come again when the database hangs', async () => {
    const holder = new Database(program.databaseUrl, { max: 1 });
    const body = publication();
    await holder.transaction(async (transaction) => {
      await transaction.query('lock table webhook_deliveries in access exclusive mode');
      const answer = await send(body);
      expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, true]);
    });
    await holder.close();
    expect(await followed(body)).toBe('sync_requested');
  });

  describe('to who does not know the address', () => {
    const shown = ({ status, headers, text }: Answered): unknown => {
      const problem = { ...(JSON.parse(text) as Record<string, unknown>), requestId: 'of each request its own' };
      const names = [...headers.keys()].sort();
      return { status, names, type: headers.get('content-type'), problem };
    };
    const unknown = async (): Promise<unknown> =>
      shown(await send(publication(), `${program.url}/webhooks/nothing/here`));

    it.each([
      ['another secret', () => cloudlinkWebhookUrl(program.url, connectorId, `${secret.slice(0, -1)}_`)],
      ['half a secret', () => cloudlinkWebhookUrl(program.url, connectorId, secret.slice(0, 20))],
      ['another connector', () => cloudlinkWebhookUrl(program.url, randomUUID(), secret)],
      ['what is no connector', () => cloudlinkWebhookUrl(program.url, 'connector', secret)],
      ['a connector in capitals', () => cloudlinkWebhookUrl(program.url, connectorId.toUpperCase(), secret)],
    ])('shows nothing: %s', async (_what, address) => {
      const answer = await send(publication(), address());
      expect(answer.status).toBe(404);
      expect(shown(answer)).toEqual(await unknown());
      expect(await deliveryRows(program)).toEqual([]);
      expect(program.log().includes(secret.slice(0, 20))).toBe(false);
    });

    it('shows nothing any more when the key of the connector was destroyed, wherever that happened', async () => {
      const { rows } = await program.database.query<{ connector_id: string; data_key: Buffer }>(
        'delete from connector_keys where connector_id = $1 returning connector_id, data_key',
        [connectorId],
      );
      expect(shown(await send(publication()))).toEqual(await unknown());
      await program.database.query('insert into connector_keys (connector_id, data_key) values ($1, $2)', [
        connectorId,
        rows[0]?.data_key,
      ]);
      expect((await send(publication())).status).toBe(200);
    });
  });
});
