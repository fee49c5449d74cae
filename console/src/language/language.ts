export type Language = 'en' | 'de';

/** The same texts in each language. */
export type Texts<T> = Record<Language, T>;

const PLACE = 'language';

/** What was chosen here before, else what the browser prefers, else English. */
export function firstLanguage(): Language {
  const kept = read();
  const wanted = [...(kept === null ? [] : [kept]), ...navigator.languages].map((tag) => tag.slice(0, 2));
  return wanted.find((tag): tag is Language => tag === 'en' || tag === 'de') ?? 'en';
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(PLACE, language);
  } catch {
    // A browser that keeps nothing asks its own settings the next time.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}
