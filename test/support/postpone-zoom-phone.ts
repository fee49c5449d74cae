import { until, type Program } from './program';

/** Nobody asks Zoom in the background who has Zoom Phone, which would write rows that a test compares. */
export async function postponeZoomPhone(program: Pick<Program, 'database'>): Promise<void> {
  await program.database.query(
    `insert into zoom_phone_listings (connector_id, next_at) select connector_id, 'infinity' from connectors
     on conflict (connector_id) do update set next_at = 'infinity'`,
  );
  await until('the end of a look that has begun', async () => {
    const { rowCount } = await program.database.query('select from zoom_phone_listings where begun_at is not null');
    return rowCount === 0 ? true : undefined;
  });
}
