import type { Program } from './program';

/** Nobody asks Zoom in the background who has Zoom Phone, which would write rows that a test compares. */
export async function postponeZoomPhone(program: Pick<Program, 'database'>): Promise<void> {
  await program.database.query(
    `insert into zoom_phone_listings (connector_id, next_at) select connector_id, 'infinity' from connectors
     on conflict (connector_id) do update set next_at = 'infinity'`,
  );
}
