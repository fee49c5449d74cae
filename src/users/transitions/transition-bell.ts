import { Client } from 'pg';
import type { Logger } from '../../platform/logging/logger';
import { reasonOf } from '../../platform/errors/reason-of';

const CHANNEL = 'status_transitions';
const RECONNECT_MS = 1_000;

/**
 * Hears which connector's users have moved, in any process (LISTEN, NOTIFY). Needs a direct connection of its own, which
 * is opened with the first listener. What was said while it was away is lost: `onGap` tells to look at everything.
 */
export class TransitionBell {
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isOpen = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly logger: Logger,
    private readonly onRing: (connectorId: string) => void,
    private readonly onGap: () => void,
  ) {}

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    void this.connect();
  }

  async close(): Promise<void> {
    this.isOpen = false;
    clearTimeout(this.retry);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'zoom-cloudlink-connector status events',
      keepAlive: true,
    });
    this.client = client;
    client.on('notification', ({ payload }) => {
      if (payload !== undefined) this.onRing(payload);
    });
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.onGap();
    } catch (error) {
      this.logger.warn({ reason: reasonOf(error) }, 'status events cannot be heard at this moment');
      this.lose(client);
    }
  }

  private lose(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    if (!this.isOpen) return;
    this.retry = setTimeout(() => void this.connect(), RECONNECT_MS);
    this.retry.unref();
  }
}
