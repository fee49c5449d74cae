type Body = () => void;
type Each = (table: readonly unknown[]) => (...rest: unknown[]) => void;

/**
 * Tests that need a program which is not everywhere. Where it is missing they are skipped, and the log says so with their
 * number: a green run without them is not a green run.
 * @param what is missing, and how to get it
 */
export function describeWherePossible(isPossible: boolean, what: string, name: string, body: Body): void {
  if (isPossible) return describe(name, body);
  let tests = 0;
  describe.skip(name, () => {
    tests = countTests(body);
  });
  process.stderr.write(`\nSKIPPED: ${tests} tests of "${name}", because ${what}\n`);
}

/** Lets the body declare its tests, and counts them. */
function countTests(body: Body): number {
  const place = globalThis as unknown as { it: jest.It };
  const { it: original } = place;
  let tests = 0;
  const each = ((table: readonly unknown[]) => {
    tests += table.length;
    return (original.each as unknown as Each)(table);
  }) as unknown as jest.Each;
  place.it = Object.assign(
    (...args: Parameters<jest.It>) => {
      tests += 1;
      original(...args);
    },
    original,
    { each },
  );
  try {
    body();
  } finally {
    place.it = original;
  }
  return tests;
}
