import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { apiPrefix, type ServiceName } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { createService, type EdgeOptions, type Logger, type Service } from '@daytrade/service';
import type { ServiceTransport, StreamedAnswer } from '@daytrade/service/client';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';

/** The parts of the web page's server. */
export interface DashboardOptions extends EdgeOptions {
  readonly logger: Logger;
  readonly version: string;
  /** The name of the command line on this machine, for the commands that the page proposes; default `daytrade`. */
  readonly command?: string | undefined;
  /** The language of the page until its reader chooses one; default: that of the browser. */
  readonly language?: 'ja' | 'en' | undefined;
  /** The way to each service: `httpTransport` to a base URL, or `injectTransport` to one of this process. */
  readonly services: Readonly<Record<ServiceName, ServiceTransport>>;
  /** The folder of the built page, from `ensureBuilt()`. */
  readonly assets: string;
}

/**
 * Creates the server of the web page: the built files, and `/api/{data,ml,scheduler}/…`, which it forwards to the three
 * services. The files are public. With a token, every request for data must carry it; the page asks its reader for it.
 *
 * @example
 * const dashboard = await createDashboard({ logger, version, services, assets: await ensureBuilt() });
 * const { url } = await listen(dashboard, { host: '127.0.0.1', port: 8080 });
 */
export async function createDashboard(options: DashboardOptions): Promise<Service> {
  const { command = 'daytrade', language, services, assets, ...edge } = options;
  const dashboard = await createService({
    name: 'dashboard',
    description: 'The web page, and the services behind it',
    ...edge,
    isPublicPath: isPageFile,
  });
  await dashboard.register(compress, { encodings: ['br', 'gzip'], globalDecompression: false });
  await servePage(dashboard, assets, { command, language });
  forwardRequests(dashboard, services);
  return dashboard;
}

/** The page runs only scripts of this server: nothing inline, nothing from elsewhere, and in no frame. */
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

/** True for the files of the page, which contain no data and need no token. */
function isPageFile(path: string): boolean {
  return path === '/' || path === '/index.html' || path.startsWith('/assets/');
}

const start = 'index.html';

/** Serves the built page. Browsers keep the files named by their hash, and ask for `index.html` each time. */
async function servePage(dashboard: Service, folder: string, facts: PageFacts): Promise<void> {
  const page = withFacts(await readFile(join(folder, start), 'utf8'), facts);
  for (const path of ['/', `/${start}`]) {
    dashboard.get(path, { schema: { hide: true } }, async (_request, reply) => {
      setHeaders(reply, path);
      return await reply.type('text/html; charset=utf-8').send(page);
    });
  }
  await dashboard.register(fastifyStatic, {
    root: folder,
    // A route for each file, since the folder never changes: another path is an unknown route like any other.
    wildcard: false,
    globIgnore: [start],
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => setHeaders(reply, path),
  });
}

type PageFacts = Required<Pick<DashboardOptions, 'command'>> & Pick<DashboardOptions, 'language'>;

/** Returns the page with the name of the command line and the language of the settings, for its script to read. */
function withFacts(page: string, { command, language }: PageFacts): string {
  const chosen = language === undefined ? '' : ` data-language="${language}"`;
  return page.replace(/<html[^>]*>/, `<html lang="${language ?? 'en'}" data-command="${command}"${chosen}>`);
}

function setHeaders(reply: FastifyReply, path: string): void {
  const hashed = basename(dirname(path)) === 'assets';
  reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  reply.header('content-security-policy', contentSecurityPolicy);
}

/**
 * Forwards `/api/<service>/…` to the API and `readyz` of each service. All answers come back byte by byte; files are
 * streamed.
 */
function forwardRequests(dashboard: Service, services: Readonly<Record<ServiceName, ServiceTransport>>): void {
  for (const [name, transport] of Object.entries(services)) {
    const prefix = `/api/${name}`;
    dashboard.route({
      method: ['GET', 'POST'],
      url: `${prefix}/*`,
      schema: { hide: true },
      handler: async (request, reply) => {
        const isPost = request.method === 'POST';
        const path = pathWithin(request.url, prefix);
        const forwarded = { path, requestId: request.id, body: isPost ? request.body : undefined };
        return await sendOn(reply, await transport.stream({ method: isPost ? 'POST' : 'GET', ...forwarded }));
      },
    });
  }
}

async function sendOn(reply: FastifyReply, { status, contentType, content, ...head }: StreamedAnswer): Promise<void> {
  const { contentSecurityPolicy, contentDisposition } = head;
  reply.code(status).header('content-type', contentType);
  if (contentSecurityPolicy !== undefined) reply.header('content-security-policy', contentSecurityPolicy);
  if (contentDisposition !== undefined) reply.header('content-disposition', contentDisposition);
  // A known length lets the compression leave short answers as they are.
  const whole = contentType.includes('json') ? Buffer.concat(await Array.fromAsync(content)) : undefined;
  return await reply.send(whole ?? Readable.from(content));
}

/** Returns the path for the service, resolved first so that no `..` leads out of the forwarded paths. */
function pathWithin(url: string, prefix: string): string {
  const { pathname, search } = new URL(url.slice(prefix.length), 'http://service');
  if (isForwarded(pathname) && !/%2e|%2f|%5c/i.test(pathname)) return pathname + search;
  throw new DayTradeError(
    'http.not-found',
    `the page does not forward ${pathname}; it forwards ${apiPrefix}… and /readyz`,
  );
}

/** True for the API of a service and its readiness, not for its metrics. */
function isForwarded(pathname: string): boolean {
  return pathname.startsWith(apiPrefix) || pathname === '/readyz';
}
