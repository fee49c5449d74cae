/** One-letter names: RFC 3261 section 7.3.3 and the registry "SIP Header Fields" for what we read. */
const COMPACT: Record<string, string> = {
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  s: 'subject',
  t: 'to',
  v: 'via',
};

/** Header fields of one message by name, in any case, short or long; fields that come again keep their order. */
export class SipHeaders {
  private readonly fields = new Map<string, string[]>();

  add(name: string, value: string): void {
    const key = longName(name);
    const values = this.fields.get(key);
    if (values === undefined) this.fields.set(key, [value]);
    else values.push(value);
  }

  all(name: string): readonly string[] {
    return this.fields.get(longName(name)) ?? [];
  }

  first(name: string): string | undefined {
    return this.all(name)[0];
  }
}

function longName(name: string): string {
  const lower = name.toLowerCase();
  return Object.hasOwn(COMPACT, lower) ? (COMPACT[lower] ?? lower) : lower;
}
