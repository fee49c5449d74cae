import { rmSync } from 'node:fs';

export default async function teardown(): Promise<void> {
  const { testPostgres } = globalThis;
  if (testPostgres === undefined) return;
  await testPostgres.server.stop();
  rmSync(testPostgres.folder, { recursive: true, force: true });
}
