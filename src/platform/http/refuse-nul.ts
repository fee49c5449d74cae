import type { FieldProblem } from '../errors/app-error';

/** PostgreSQL text cannot hold U+0000, and no field of ours needs it: it is refused at the edge, named by field. */
export function findNul(value: unknown, path: string): FieldProblem[] {
  if (typeof value === 'string') {
    return value.includes('\u0000') ? [{ field: path, rule: 'must not contain the character U+0000' }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key.includes('\u0000'))
      return [{ field: path, rule: 'must not contain a field name with the character U+0000' }];
    return findNul(item, path === '' ? key : `${path}.${key}`);
  });
}
