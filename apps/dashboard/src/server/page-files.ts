import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Service } from '@daytrade/service';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';

/** The page runs only what this server gave it: nothing inline, nothing from elsewhere, in nobody's frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** True for the files of the page, which hold no data and therefore need no token. */
export function isPageFile(path: string): boolean {
  return path === '/' || path === '/index.html' || path.startsWith('/assets/');
}

const start = 'index.html';

/**
 * Serves the built page: files named by their hash for ever, `index.html` asked for again each time.
 *
 * @param language of the page until its reader chooses one
 */
export async function servePage(dashboard: Service, folder: string, language: string | undefined): Promise<void> {
  const page = withLanguage(await readFile(join(folder, start), 'utf8'), language);
  for (const path of ['/', `/${start}`]) {
    dashboard.get(path, { schema: { hide: true } }, async (_request, reply) => {
      setHeaders(reply, path);
      return await reply.type('text/html; charset=utf-8').send(page);
    });
  }
  await dashboard.register(fastifyStatic, {
    root: folder,
    // A route for each file of the folder, which never changes: what is not there is answered as every other unknown
    // route.
    wildcard: false,
    globIgnore: [start],
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => setHeaders(reply, path),
  });
}

/** The page's own script reads it before anything is shown. */
function withLanguage(page: string, language: string | undefined): string {
  if (language === undefined) return page;
  return page.replace(/<html[^>]*>/, `<html lang="${language}" data-language="${language}">`);
}

function setHeaders(reply: FastifyReply, path: string): void {
  const hashed = basename(dirname(path)) === 'assets';
  reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  reply.header('content-security-policy', contentSecurityPolicy);
}
