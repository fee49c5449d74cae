import { redirect, type Answer } from '../http/answer';

/** Sends the browser back to the app; the state goes back as it came. */
export function redirectBack(redirectUri: string, parameters: Record<string, string | undefined>): Answer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return redirect(url.href);
}
