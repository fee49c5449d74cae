import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import { BinaryRows, type CopyTypes, type CopyValue } from './binary-rows';

/**
 * New rows in PostgreSQL's binary format of COPY: cheaper than an `insert` from arrays, because neither side has to take
 * arrays apart, and smaller than the text format, because nothing is spelled out. There is no `on conflict`: a
 * row that exists is a unique violation, as with a plain `insert`.
 */
export class CopyRows {
  private readonly rows: BinaryRows;
  private readonly text: string;

  /** `columns`: names of ours, never of a user, and the types that the table gives them. */
  constructor(table: string, columns: CopyTypes) {
    this.rows = new BinaryRows(Object.values(columns));
    this.text = `copy ${table} (${Object.keys(columns).join(', ')}) from stdin (format binary)`;
  }

  get count(): number {
    return this.rows.count;
  }

  /** In the order of the columns. */
  add(values: readonly CopyValue[]): void {
    this.rows.add(values);
  }

  /** Nothing is sent where there is nothing to write. @throws DatabaseError as any statement */
  async write(client: PoolClient): Promise<void> {
    if (this.rows.count === 0) return;
    const stream = client.query(from(this.text));
    stream.end(this.rows.toBuffer());
    await finished(stream);
  }
}
