/** One registration target as it was last looked at. */
export interface ProbedTarget {
  host: string;
  port: number;
  role: string;
  state: 'ok' | 'degraded' | 'down';
}

/** The last look at all targets of a connector. */
export interface ProbedTargets {
  /** The oldest of the looks. */
  at: Date;
  targets: readonly ProbedTarget[];
}

/** Whether the registration targets answer: whoever probes them fills this. */
export abstract class TargetReach {
  /** undefined: nobody has looked yet. */
  abstract lastLook(connectorId: string): Promise<ProbedTargets | undefined>;
}

/** Until there is somebody who probes. */
export class NeverProbed extends TargetReach {
  override async lastLook(): Promise<undefined> {
    return undefined;
  }
}
