import type { SandboxPlace } from './sandbox-process';
import { SyncStage } from './sync-stage';

export interface MemoryOrder {
  databaseUrl: string;
  place: SandboxPlace;
}

export interface MemoryReport {
  peakBytes: number;
  seconds: number;
}

/** The process whose memory is measured: one first sync, and nothing else. */
async function run({ databaseUrl, place }: MemoryOrder): Promise<void> {
  const stage = new SyncStage(databaseUrl, place);
  const began = performance.now();
  await stage.sync(await stage.connector());
  const report: MemoryReport = {
    // maxRSS is in KiB.
    peakBytes: process.resourceUsage().maxRSS * 1024,
    seconds: (performance.now() - began) / 1000,
  };
  await stage.close();
  process.send?.(report, () => process.disconnect());
}

process.once('message', (order: MemoryOrder) => {
  run(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
