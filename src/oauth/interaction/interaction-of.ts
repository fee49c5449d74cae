import { SignInFailed } from '../sign-in-failed';

/** The authorization at us that a failed request belongs to, by its error or its address. */
export function interactionOf(error: unknown, url: string): string | undefined {
  if (error instanceof SignInFailed) return error.interaction;
  return /\/oauth\/interaction\/([A-Za-z0-9_-]+)/.exec(url)?.[1];
}
