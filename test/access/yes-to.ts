import { unescapeHtml } from '../../sandbox/walk/read-form';

/** Where the page leads to that asks whoever opens a link whether the accounts are to be joined. @throws Error: it is another page */
export function yesTo(html: string): string {
  const yes = /href="([^"]*confirmed=[^"]*)"/.exec(html)?.[1];
  if (yes === undefined) throw new Error(`no question whether to join accounts: ${html.slice(0, 500)}`);
  return unescapeHtml(yes);
}
