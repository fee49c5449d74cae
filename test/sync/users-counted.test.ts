import { endedRun, startProgram, type Program } from '../support/program';

/** What PostgreSQL thinks how many users there are decides whether it finds one by index (decision 19). */
describe('a first sync of many users', () => {
  let program: Program;

  beforeAll(async () => {
    program = await startProgram({ users: 6_000 });
  });
  afterAll(() => program.stop());

  const counted = async (): Promise<number> => {
    const { rows } = await program.database.query<{ n: number }>(
      `select reltuples::int as n from pg_class where oid = 'integrated_users'::regclass`,
    );
    return rows[0]?.n ?? 0;
  };

  it('has them counted while it goes on', async () => {
    // -1: never yet.
    expect(await counted()).toBeLessThan(1);
    await program.connect();
    const [connectorId = ''] = await program.connectorIds();
    expect(await endedRun(program, connectorId)).toMatchObject({ state: 'succeeded' });
    expect(await counted()).toBeGreaterThanOrEqual(5_000);
  });
});
