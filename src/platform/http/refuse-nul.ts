import type { FieldProblem } from '../errors/app-error';

/** No body of ours is nested deeper than four levels; a million brackets must not end in a stack overflow. */
const MAX_DEPTH = 32;

/**
 * What no request may hold, found before anything else looks at it: PostgreSQL text cannot hold U+0000, and nothing of
 * ours needs deep nesting. Named by field. Walks with a stack of its own, because the depth is the sender's choice.
 */
export function findForbidden(root: unknown): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string') {
      if (value.includes('\u0000')) problems.push({ field: path, rule: 'must not contain the character U+0000' });
    } else if (typeof value === 'object' && value !== null) {
      if (depth === MAX_DEPTH)
        return [{ field: path.slice(0, 100), rule: `must not be nested deeper than ${MAX_DEPTH} levels` }];
      for (const [key, item] of Object.entries(value)) {
        if (key.includes('\u0000'))
          problems.push({ field: path, rule: 'must not contain a field name with the character U+0000' });
        else open.push({ value: item, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
      }
    }
  }
  return problems;
}
