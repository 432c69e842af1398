import { createService, type Logger, type Service, type ServiceTransport } from '@daytrade/service-kit';
import { isPageFile, servePage } from './page-files.ts';
import { forwardRequests, type ServiceName } from './service-proxy.ts';

/** What the web page's server is made of. */
export interface DashboardOptions {
  readonly logger: Logger;
  readonly version: string;
  /** How the three services are reached: `httpTransport` to a base URL, or `injectTransport` to one of this process. */
  readonly services: Readonly<Record<ServiceName, ServiceTransport>>;
  /** The folder of the built page, from `ensureBuilt()`. */
  readonly assets: string;
  /** What every request for data must carry; the page's own files are public, the page asks its reader for the token. */
  readonly token?: string | undefined;
}

/**
 * The server of the web page: the built files, and `/api/{data,ml,scheduler}/…` handed on to the three services.
 *
 * @example
 * const dashboard = await createDashboard({ logger, version, services, assets: (await ensureBuilt()).folder });
 * const { url } = await listen(dashboard, { host: '127.0.0.1', port: 8080, portSetting: 'DAYTRADE_DASHBOARD_PORT' });
 */
export async function createDashboard(options: DashboardOptions): Promise<Service> {
  const { logger, version, services, assets, token } = options;
  const dashboard = await createService({
    name: 'dashboard',
    description: 'The web page, and the services behind it',
    version,
    logger,
    token,
    isPublicPath: isPageFile,
  });
  await servePage(dashboard, assets);
  forwardRequests(dashboard, services);
  return dashboard;
}
