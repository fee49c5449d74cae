/**
 * The numbers of an app version such as `6.3.6`, `6.3.6.1234(win)`, `v6.3.6-beta`; undefined: there are none.
 * What follows the numbers is ignored: Zoom puts the platform there.
 */
export function parseVersion(text: string): number[] | undefined {
  const [, numbers] = /^\s*v?(\d{1,9}(?:\.\d{1,9}){0,7})(?![\d.])/i.exec(text) ?? [];
  return numbers?.split('.').map(Number);
}

/** Number by number, not letter by letter: 6.10.0 is newer than 6.3.6, and 6.3 is 6.3.0. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let place = 0; place < Math.max(a.length, b.length); place += 1) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** undefined: the text is no version, so nobody knows. */
export function isAtLeast(text: string, least: string): boolean | undefined {
  const [version, limit] = [parseVersion(text), parseVersion(least)];
  return version === undefined || limit === undefined ? undefined : compareVersions(version, limit) >= 0;
}
