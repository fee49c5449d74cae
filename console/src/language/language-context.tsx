import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { speak } from '../api/client';
import { firstLanguage, keepLanguage, type Language, type Texts } from './language';

interface LanguageValue {
  language: Language;
  choose: (language: Language) => void;
}

const Context = createContext<LanguageValue>({ language: 'en', choose: () => undefined });

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => {
    const first = firstLanguage();
    speak(first);
    return first;
  });
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo<LanguageValue>(
    () => ({
      language,
      choose: (chosen) => {
        keepLanguage(chosen);
        speak(chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Context value={value}>{children}</Context>;
}

export const useLanguage = (): LanguageValue => use(Context);

/** The texts of a part of the console in the language of the person in front of it. */
export function useTexts<T>(texts: Texts<T>): T {
  return texts[use(Context).language];
}
