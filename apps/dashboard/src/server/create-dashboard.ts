import type { ServiceName } from '@daytrade/contracts';
import { createService, type EdgeOptions, type Logger, type Service } from '@daytrade/service';
import type { ServiceTransport } from '@daytrade/service/client';
import compress from '@fastify/compress';
import { addPageFacts } from './page-facts.ts';
import { isPageFile, servePage } from './page-files.ts';
import { forwardRequests } from './service-proxy.ts';

/** What the web page's server is made of. */
export interface DashboardOptions extends EdgeOptions {
  readonly logger: Logger;
  readonly version: string;
  /** How the command line is called on this machine, for the commands that the page proposes; default `daytrade`. */
  readonly command?: string | undefined;
  /** The language of the page until its reader chooses one; undefined: that of the browser. */
  readonly language?: 'ja' | 'en' | undefined;
  /** How the three services are reached: `httpTransport` to a base URL, or `injectTransport` to one of this process. */
  readonly services: Readonly<Record<ServiceName, ServiceTransport>>;
  /** The folder of the built page, from `ensureBuilt()`. */
  readonly assets: string;
}

/**
 * The server of the web page: the built files, and `/api/{data,ml,scheduler}/…` handed on to the three services. The
 * files are public; with a token every request for data must carry it, and the page asks its reader for it.
 *
 * @example
 * const dashboard = await createDashboard({ logger, version, services, assets: (await ensureBuilt()).folder });
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
  await servePage(dashboard, assets, language);
  addPageFacts(dashboard, { command });
  forwardRequests(dashboard, services);
  return dashboard;
}
