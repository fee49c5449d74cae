/** Puts whole sentences one after the other; empty ones leave no gap. */
export const joinSentences = (...sentences: string[]): string => sentences.filter((text) => text !== '').join(' ');
