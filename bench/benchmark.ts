import type { Machine } from './machine';

/** A figure that was promised, and whether it was reached. `goal` reads "≥ 0.45". */
export interface Goal {
  name: string;
  value: number;
  goal: string;
  ok: boolean;
}

export interface Outcome {
  figures: Record<string, number>;
  ratios: Record<string, number>;
  goals: Goal[];
}

/** What a benchmark prints, as one JSON object. */
export interface Report extends Outcome {
  name: string;
  machine: Machine;
}

export interface Bench {
  /** Of the connection that `npm run bench` measures on; the database is migrated and empty. */
  databaseUrl: string;
  users: number;
}

export interface Benchmark {
  name: string;
  /** Users when it is asked for by name. */
  users: number;
  /** Users when all benchmarks run one after the other. */
  usersOfAll: number;
  /** What this machine lacks for it, in a sentence; undefined: nothing. */
  lacks?(): string | undefined;
  measure(bench: Bench): Promise<Outcome>;
}

export const atLeast = (name: string, value: number, least: number): Goal => ({
  name,
  value,
  goal: `≥ ${least}`,
  ok: value >= least,
});

export const atMost = (name: string, value: number, most: number): Goal => ({
  name,
  value,
  goal: `≤ ${most}`,
  ok: value <= most,
});

/** Three digits are more than such figures are good for. */
export const round = (value: number): number => Number(value.toPrecision(3));

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
