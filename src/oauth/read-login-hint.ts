/** The parameter `as` of a start link; anything that is no person's key counts as none. */
export function readLoginHint(query: Record<string, unknown>): string | undefined {
  const value = query['as'];
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : undefined;
}
