import type { RunningSandbox } from '../server';
import { readForm } from '../walk/read-form';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

type Query = Record<string, string>;

/** The providers' own clients, as short as tests want them. Knows nothing of the connector. */
export class SandboxClient {
  readonly zoomRedirect = 'http://127.0.0.1:3000/oauth/zoom/callback';
  readonly cloudlinkRedirect = 'http://127.0.0.1:3000/oauth/cloudlink/callback';

  constructor(readonly sandbox: Pick<RunningSandbox, 'urls' | 'credentials'>) {}

  async get(url: string, headers: Record<string, string> = {}): Promise<Reply> {
    return read(await fetch(url, { headers, redirect: 'manual' }));
  }

  async post(url: string, body: Query, headers: Record<string, string> = {}): Promise<Reply> {
    return read(await fetch(url, { method: 'POST', body: new URLSearchParams(body), headers, redirect: 'manual' }));
  }

  async postJson(url: string, body: unknown): Promise<Reply> {
    const headers = { 'content-type': 'application/json' };
    return read(await fetch(url, { method: 'POST', body: JSON.stringify(body), headers }));
  }

  /** Opens a provider's page, fills its form in, and gives back where the browser is sent. */
  async consent(pageUrl: string, query: Query, person: string, decision = 'allow'): Promise<Reply> {
    const page = await this.get(`${pageUrl}?${new URLSearchParams(query).toString()}`);
    const form = readForm(page.text);
    if (form === undefined) return page;
    return this.post(new URL(form.action, pageUrl).href, { ...form.hidden, person, decision });
  }

  async zoomCode(person = 'one.owner', query: Query = {}): Promise<string> {
    const ask = {
      response_type: 'code',
      client_id: this.sandbox.credentials.zoomClientId,
      redirect_uri: this.zoomRedirect,
      state: 's',
    };
    return codeOf(await this.consent(`${this.sandbox.urls.zoomOAuth}/oauth/authorize`, { ...ask, ...query }, person));
  }

  zoomToken(fields: Query, secret = this.sandbox.credentials.zoomClientSecret): Promise<Reply> {
    const basic = Buffer.from(`${this.sandbox.credentials.zoomClientId}:${secret}`).toString('base64');
    return this.post(`${this.sandbox.urls.zoomOAuth}/oauth/token`, fields, { authorization: `Basic ${basic}` });
  }

  redeemZoom(code: string, fields: Query = {}): Promise<Reply> {
    return this.zoomToken({ grant_type: 'authorization_code', code, redirect_uri: this.zoomRedirect, ...fields });
  }

  refreshZoom(refreshToken: string): Promise<Reply> {
    return this.zoomToken({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async zoomLogin(person = 'one.owner'): Promise<Tokens> {
    return tokensOf(await this.redeemZoom(await this.zoomCode(person)));
  }

  zoomGet(path: string, accessToken: string): Promise<Reply> {
    return this.get(`${this.sandbox.urls.zoomApi}${path}`, { authorization: `Bearer ${accessToken}` });
  }

  async cloudlinkCode(person = 'one.account-admin', query: Query = {}): Promise<string> {
    const clientId = this.sandbox.credentials.cloudlinkClientId;
    const ask = { response_type: 'code', client_id: clientId, redirect_uri: this.cloudlinkRedirect, state: 's' };
    return codeOf(await this.consent(`${this.sandbox.urls.cloudlinkPortal}/authorize`, { ...ask, ...query }, person));
  }

  cloudlinkToken(fields: Query): Promise<Reply> {
    return this.postJson(`${this.sandbox.urls.cloudlinkAuth}/2017-09-01/token`, {
      client_id: this.sandbox.credentials.cloudlinkClientId,
      ...fields,
    });
  }

  redeemCloudlink(code: string, fields: Query = {}): Promise<Reply> {
    return this.cloudlinkToken({ grant_type: 'authorization_code', code, ...fields });
  }

  async cloudlinkLogin(person = 'one.account-admin'): Promise<Tokens> {
    return tokensOf(await this.redeemCloudlink(await this.cloudlinkCode(person)));
  }

  /** `path` below the admin service: begins with /2017-09-01. */
  cloudlinkGet(path: string, accessToken: string): Promise<Reply> {
    return this.get(`${this.sandbox.urls.cloudlinkAdmin}${path}`, { authorization: `Bearer ${accessToken}` });
  }

  /** All PSI items; `next` is taken as relative to the admin service unless it is a whole URL. */
  async psiItems(accountId: string, accessToken: string, top = 1000): Promise<Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    let link: string | undefined = `/2017-09-01/accounts/${accountId}/psi/users?$top=${top}`;
    while (link !== undefined) {
      const page: Reply = link.startsWith('http')
        ? await this.get(link, { authorization: accessToken })
        : await this.cloudlinkGet(link, accessToken);
      items.push(...itemsOf(page));
      link = nextOf(page);
    }
    return items;
  }

  /** All Zoom users of one status. */
  async zoomUsers(status: string, accessToken: string, pageSize = 2000): Promise<Record<string, unknown>[]> {
    const users: Record<string, unknown>[] = [];
    let token = '';
    do {
      const page: Reply = await this.zoomGet(
        `/users?status=${status}&page_size=${pageSize}&next_page_token=${token}`,
        accessToken,
      );
      users.push(...(page.body['users'] as Record<string, unknown>[]));
      token = String(page.body['next_page_token']);
    } while (token !== '');
    return users;
  }
}

export function itemsOf(page: Reply): Record<string, unknown>[] {
  const embedded = page.body['_embedded'] as { items: Record<string, unknown>[] } | undefined;
  return embedded?.items ?? [];
}

export function nextOf(page: Reply): string | undefined {
  return (page.body['_links'] as { next?: string } | undefined)?.next;
}

export function tokensOf(reply: Reply): Tokens {
  if (reply.status !== 200) throw new Error(`no tokens: HTTP ${reply.status} ${reply.text}`);
  return { accessToken: String(reply.body['access_token']), refreshToken: String(reply.body['refresh_token']) };
}

function codeOf(reply: Reply): string {
  const code = new URL(reply.headers.get('location') ?? 'http://nowhere').searchParams.get('code');
  if (code === null) throw new Error(`no code: HTTP ${reply.status}`);
  return code;
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
