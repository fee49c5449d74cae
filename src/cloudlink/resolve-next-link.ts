import { AppError } from '../platform/errors/app-error';

/**
 * Where `_links.next` leads, as a path below the service base. Mitel's samples show links such as `/2017-09-01/…`:
 * relative to the service, not to the host, which matters when the base carries a path prefix. An absolute link must
 * stay on the base's origin and on the resource that is being read, because our token goes with it.
 * @throws AppError `provider_answer_invalid`
 */
export function resolveNextLink(baseUrl: string, resourcePath: string, link: string): string {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  const refuse = (reason: string): AppError =>
    new AppError('provider_answer_invalid', 'CloudLink sent a link to the next page that must not be followed.', {
      detail: reason,
    });
  // The part after ? may hold characters that are legal there only in practice ($, ', spaces): URL normalises them.
  const target = URL.canParse(link, `${base.origin}${prefix}${resourcePath}`)
    ? new URL(link, `${base.origin}${prefix}${resourcePath}`)
    : undefined;
  if (target === undefined) throw refuse('next is not a URL');
  if (target.origin !== base.origin) throw refuse('next leads to another origin');
  const path =
    prefix !== '' && target.pathname.startsWith(`${prefix}/`) ? target.pathname.slice(prefix.length) : target.pathname;
  if (path !== resourcePath) throw refuse('next leads to another resource');
  return `${path}${target.search}`;
}
