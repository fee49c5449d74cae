import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DatabaseGauges } from './database-gauges';
import { RequestTimes } from './request-times';

export const METRICS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Everything that this application measures. Its own registry: two applications in one process do not mix. */
export class Metrics {
  readonly requests = new RequestTimes();
  private readonly registry = new Registry();

  constructor(
    private readonly database: DatabaseGauges,
    version: string,
  ) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'zcc_build_info',
      help: 'Always 1; the labels say what is running',
      labelNames: ['version', 'node'],
      registers,
    }).set({ version, node: process.version }, 1);
    database.register(registers);
  }

  /** The text format of Prometheus. Never fails because of the database: `zcc_database_up` says that it is away. */
  async text(): Promise<string> {
    await this.database.refresh();
    return `${await this.registry.metrics()}\n${this.requests.text()}`;
  }
}
