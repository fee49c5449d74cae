/** A page that a browser ended up on. */
export interface Page {
  url: string;
  status: number;
  html: string;
}

const MAX_REDIRECTS = 20;
const TIMEOUT_MS = 30_000;

interface Cookie {
  name: string;
  value: string;
  path: string;
}

/** As much of a browser as a login needs: redirects, forms, a cookie jar per origin that heeds paths (RFC 6265). No scripts. */
export class Browser {
  private readonly jar = new Map<string, Map<string, Cookie>>();

  constructor(private readonly onStep: (text: string) => void = () => undefined) {}

  async open(url: string, form?: URLSearchParams): Promise<Page> {
    let target = new URL(url);
    let body = form;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const response = await this.send(target, body);
      const location = response.headers.get('location');
      const isRedirect = response.status >= 300 && response.status < 400 && location !== null;
      // Without its query: there are codes and states in it.
      this.onStep(`${body === undefined ? 'GET' : 'POST'} ${target.origin}${target.pathname} → ${response.status}`);
      const html = await response.text();
      if (!isRedirect) return { url: target.href, status: response.status, html };
      target = new URL(location, target);
      // 307 and 308 would repeat the form; no login uses them.
      body = undefined;
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects from ${new URL(url).origin}`);
  }

  private async send(target: URL, form: URLSearchParams | undefined): Promise<Response> {
    const cookies = this.cookieHeader(target);
    const response = await fetch(target, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: 'text/html',
        'accept-language': 'en',
        ...(cookies === '' ? {} : { cookie: cookies }),
      },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const line of response.headers.getSetCookie()) this.keep(target, line);
    return response;
  }

  /** Whatever this browser holds, for a test that looks for it elsewhere. */
  get cookies(): Cookie[] {
    return [...this.jar.values()].flatMap((cookies) => [...cookies.values()]);
  }

  /** The value of the cookie of this name, wherever it goes. */
  cookie(name: string): string | undefined {
    return this.cookies.find((cookie) => cookie.name === name)?.value;
  }

  /** What goes along with a request to this address; '' when nothing does. */
  cookieHeader({ origin, pathname }: URL): string {
    const fits = ({ path }: Cookie): boolean =>
      pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
    return [...(this.jar.get(origin)?.values() ?? [])]
      .filter(fits)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  private keep({ origin, pathname }: URL, line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const equals = pair.indexOf('=');
    if (equals < 1) return;
    const name = pair.slice(0, equals).trim();
    const path = attributes.map((text) => /^\s*path=(\/.*)$/i.exec(text)?.[1]).find((found) => found !== undefined);
    const cookie = {
      name,
      value: pair.slice(equals + 1).trim(),
      path: path ?? (pathname.replace(/\/[^/]*$/, '') || '/'),
    };
    const cookies = this.jar.get(origin) ?? new Map<string, Cookie>();
    const isGone = attributes.some((attribute) => /^\s*(max-age=(0|-)|expires=Thu, 01 Jan 1970)/i.test(attribute));
    const key = `${name} ${cookie.path}`;
    if (isGone) cookies.delete(key);
    else cookies.set(key, cookie);
    this.jar.set(origin, cookies);
  }
}
