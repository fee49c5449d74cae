import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { AppError } from './platform/errors/app-error';

/** dist/console, seen from src (where `../console` is its source) and from dist/src. */
const FOLDERS = [join(__dirname, '../dist/console'), join(__dirname, '../console')];

/**
 * Scripts come from here alone. Styles may stand in the page, because the component library writes its theme and what depends
 * on the width of the window into style elements.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The console at `/`: one page and its files, which carry a hash of their content in their names. */
export async function serveConsole(fastify: FastifyInstance, publicUrl: string): Promise<void> {
  // The source has no such folder.
  const folder = FOLDERS.find((candidate) => existsSync(join(candidate, 'assets')));
  if (folder === undefined) {
    fastify.get('/', () => {
      throw new AppError('not_found', 'The console is not part of this build: run "npm run build".');
    });
    return;
  }
  const page = readFileSync(join(folder, 'index.html'));
  await fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  });
  fastify.get('/', (request, reply) => {
    // Its files and the API are looked for beside it: "https://host/zoom" would take them from "https://host/".
    if (!(request.originalUrl.split('?')[0] ?? '').endsWith('/')) return reply.redirect(`${publicUrl}/`, 302);
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        // Always asked for: it names the files of the newest build.
        'cache-control': 'no-cache',
        'content-security-policy': POLICY,
        'cross-origin-opener-policy': 'same-origin-allow-popups',
      })
      .send(page);
  });
}
