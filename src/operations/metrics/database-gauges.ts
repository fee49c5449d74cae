import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../platform/clock/clock';
import type { Database } from '../../platform/database/database';
import type { Logger } from '../../platform/logging/logger';
import { GAUGE_QUESTIONS, type GaugeQuestion } from './gauge-questions';

/** Several scrapers, or an impatient one, cost the database no more than one. */
const CACHE_MS = 5_000;
/** One slow question is left out; the others still answer. */
const QUESTION_LIMIT_MS = 2_000;
/** A scrape waits this long for the database (Prometheus itself: 10 s). */
const LIMIT_MS = 4_000;

type Row = Record<string, string | null> & { value: string };
type Answers = Map<GaugeQuestion, Row[]>;

/** What the database holds, read when somebody asks. While it is away its gauges are absent, not stale. */
export class DatabaseGauges {
  private readonly gauges = new Map<GaugeQuestion, Gauge>();
  private readonly up = new Gauge({
    name: 'zcc_database_up',
    help: '1: the database answered in time; 0: it did not, and what it would have told is absent',
    registers: [],
  });
  private reading: Promise<void> | undefined;
  private readAt: number | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly questions: readonly GaugeQuestion[] = GAUGE_QUESTIONS,
  ) {
    for (const question of questions) {
      const { name, help, labels } = question;
      this.gauges.set(question, new Gauge({ name, help, labelNames: [...labels], registers: [] }));
    }
  }

  register(registries: readonly Registry[]): void {
    for (const registry of registries) {
      for (const gauge of [this.up, ...this.gauges.values()]) registry.registerMetric(gauge);
    }
  }

  /** Never rejects, and takes LIMIT_MS at most. */
  async refresh(): Promise<void> {
    const age = this.readAt === undefined ? Infinity : Math.abs(this.clock.now().getTime() - this.readAt);
    if (age < CACHE_MS) return;
    // A reading that hangs is waited for anew, not doubled.
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    if (!(await within(LIMIT_MS, this.reading))) this.forget('it did not answer in time');
  }

  private async read(): Promise<void> {
    try {
      const answers: Answers = new Map();
      for (const question of this.questions) answers.set(question, await this.ask(question));
      for (const [question, rows] of answers) this.show(question, rows);
      this.up.set(1);
      this.readAt = this.clock.now().getTime();
    } catch (error) {
      this.forget(error instanceof Error ? error.message : String(error));
    }
  }

  private ask({ name, text }: GaugeQuestion): Promise<Row[]> {
    return this.database
      .transaction(async (transaction) => {
        await transaction.query(`set local statement_timeout = ${QUESTION_LIMIT_MS}`);
        return (await transaction.query<Row>(text)).rows;
      })
      .catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== QUERY_CANCELED) throw error;
        this.logger.warn({ metric: name }, 'a metric took the database too long and was left out');
        return [];
      });
  }

  private show(question: GaugeQuestion, rows: Row[]): void {
    const gauge = this.gauges.get(question);
    // Whoever has left a state must not stay in it.
    gauge?.reset();
    for (const labels of question.zeros ?? []) gauge?.set({ ...labels }, 0);
    for (const row of rows) {
      const labels = Object.fromEntries(question.labels.map((label) => [label, row[label] ?? '']));
      gauge?.set(labels, Number(row.value));
    }
  }

  private forget(reason: string): void {
    this.logger.warn({ reason }, 'the metrics of the database could not be read');
    for (const [{ labels }, gauge] of this.gauges) {
      gauge.reset();
      // One without labels would be 0 now.
      if (labels.length === 0) gauge.remove();
    }
    this.up.set(0);
    this.readAt = undefined;
  }
}

/** SQLSTATE query_canceled: the statement's time was over. */
const QUERY_CANCELED = '57014';

/** Whether `work`, which must not reject, was done in time. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
