import type { OnModuleInit } from '@nestjs/common';
import type { Queue } from '../platform/queue/queue';
import type { TaskRegistry } from '../platform/queue/task-registry';
import type { RegistrarSweeps } from './registrar/registrar-sweeps.service';
import type { TargetProbes } from './target-probes.service';
import { PROBE_TARGETS, START_TARGET_ROUNDS, type TargetRounds } from './target-rounds';

/** Gives every connector with a sweep the share of a minute. */
const START_REGISTRAR_SWEEPS = 'start-registrar-sweeps';
/** One share: `{connectorId}`. */
const SWEEP_REGISTRAR = 'sweep-registrar';

/** What is looked at without anybody asking. */
export class TargetJobs implements OnModuleInit {
  constructor(
    private readonly rounds: TargetRounds,
    private readonly probes: TargetProbes,
    private readonly sweeps: RegistrarSweeps,
    private readonly queue: Queue,
    private readonly tasks: TaskRegistry,
  ) {}

  onModuleInit(): void {
    this.tasks.registerEveryMinute(START_TARGET_ROUNDS, async () => {
      await this.rounds.startDue();
    });
    // Dead targets take seconds: they wait in the lane in which nobody waits for anybody.
    this.tasks.register(
      PROBE_TARGETS,
      async ({ connectorId }, { signal }) => {
        await this.probes.probeAll(String(connectorId), 'schedule', signal);
      },
      'long',
    );
    this.tasks.registerEveryMinute(START_REGISTRAR_SWEEPS, async () => {
      for (const connectorId of await this.sweeps.due())
        // A share that was missed is not made up for: the next one comes in a minute.
        await this.queue.add(
          SWEEP_REGISTRAR,
          { connectorId },
          { jobKey: `sweep-registrar/${connectorId}`, maxAttempts: 1 },
        );
    });
    this.tasks.register(
      SWEEP_REGISTRAR,
      async ({ connectorId }, { signal }) => {
        await this.sweeps.takeShare(String(connectorId), signal);
      },
      'long',
    );
  }
}
