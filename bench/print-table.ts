import { formatTable } from '../src/cli/format-table';
import type { Report } from './benchmark';

/** For a person: what each benchmark found, its promises last. */
export function printTable(reports: Report[]): void {
  const rows = reports.flatMap(({ name, figures, ratios, goals }) => [
    ...Object.entries(figures).map(([figure, value]) => [name, figure, String(value), '', '']),
    ...Object.entries(ratios).map(([ratio, value]) => [name, ratio, String(value), '', '']),
    ...goals.map(({ name: promise, value, goal, ok }) => [name, promise, String(value), goal, ok ? 'met' : 'MISSED']),
  ]);
  console.log(formatTable(['BENCHMARK', 'FIGURE', 'VALUE', 'GOAL', ''], rows, 'nothing was measured'));
  const machine = reports[0]?.machine;
  if (machine === undefined) return;
  const { cpus, model, memoryGiB, node, postgres } = machine;
  console.log(`\n${cpus} × ${model}, ${memoryGiB} GiB, Node ${node}, PostgreSQL ${postgres}`);
}
