/** CloudLink's collection: `_embedded` is absent when there is nothing in it, `_links.next` on the last page. */
export function collection(items: unknown[], self: string, next: string | undefined): Record<string, unknown> {
  return {
    // Whether this counts the page or the whole list is not documented: the page.
    count: items.length,
    _links: { self, ...(next === undefined ? {} : { next }) },
    ...(items.length === 0 ? {} : { _embedded: { items } }),
  };
}

/** Query names such as `$top` stay readable, as in Mitel's samples; values are encoded. */
export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}
