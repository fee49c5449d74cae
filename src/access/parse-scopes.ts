import { SCOPES, type Scope } from './principal';

const isScope = (word: string): word is Scope => (SCOPES as readonly string[]).includes(word);

/** Known scopes in their listed order, each once, and the words that are none. */
export function parseScopes(text: string): { scopes: Scope[]; unknown: string[] } {
  const words = text.split(' ').filter((word) => word !== '');
  return { scopes: SCOPES.filter((scope) => words.includes(scope)), unknown: words.filter((word) => !isScope(word)) };
}
