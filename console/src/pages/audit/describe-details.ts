import type { AuditEvent } from './audit-query';

export interface Detail {
  key: string;
  /** What it was; undefined: the entry does not say. */
  before: string | undefined;
  value: string;
}

const BEFORE = 'Before';

/** Each detail once, with what it was before: `name` and `nameBefore` are one change. Nothing that is empty. */
export function describeDetails(details: AuditEvent['details']): Detail[] {
  return Object.entries(details)
    .filter(([key]) => !(key.endsWith(BEFORE) && key.slice(0, -BEFORE.length) in details))
    .map(([key, value]) => {
      const before = details[`${key}${BEFORE}`];
      return { key, before: before === undefined ? undefined : String(before), value: String(value) };
    })
    .filter(({ before, value }) => before !== undefined || (value !== '' && value !== 'null'));
}
