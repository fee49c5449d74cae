import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { SANDBOX_HOST } from '../sandbox/urls';

interface Answer {
  status: number;
  /** As they came, names and values in turn; the length of the body is among them. */
  headers: string[];
  body: Buffer;
}

/** As zoom.client.ts and cloudlink.client.ts ask for them; a single user has a longer path. */
const USER_LISTS = /^\/zoom\/v2\/users\?|^\/cloudlink\/admin\/2017-09-01\/accounts\/[^/]+\/psi\/users\?/;

const remembered = new Map<string, Answer>();

/**
 * Stands before the sandbox and passes everything on as it is. Pages of the two user lists it asks for once: a page that
 * is remembered names the next one by the token that was given then, so that a second reading asks for the same pages.
 */
async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const key = `${incoming.method} ${incoming.url} ${incoming.headers.authorization}`;
  const known = remembered.get(key);
  if (known !== undefined) return send(response, known);
  const answer = await askSandbox(incoming);
  const isPage = incoming.method === 'GET' && USER_LISTS.test(incoming.url ?? '');
  if (isPage && answer.status === 200) remembered.set(key, answer);
  send(response, answer);
}

async function askSandbox(incoming: IncomingMessage): Promise<Answer> {
  const asked = request({
    host: SANDBOX_HOST,
    port: process.env['SANDBOX_PORT'],
    method: incoming.method,
    path: incoming.url,
    headers: incoming.rawHeaders,
  });
  incoming.pipe(asked);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, headers: answer.rawHeaders, body: await buffer(answer) };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

const server = createServer((incoming, response) => {
  serve(incoming, response).catch((error: unknown) => {
    console.error('the sandbox did not answer', error);
    response.destroy();
  });
});
server.listen(Number(process.env['PORT']), SANDBOX_HOST);
