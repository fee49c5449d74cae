/** The word for a value that came from elsewhere, if there is one. Of `constructor` and the like every object has something. */
export const wordFor = <T>(words: Readonly<Record<string, T>>, value: string): T | undefined =>
  Object.hasOwn(words, value) ? words[value] : undefined;
