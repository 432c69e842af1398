import { portOf, serviceUrls } from '@daytrade/contracts';
import { createDashboard, ensureBuilt } from '@daytrade/dashboard';
import { edgeOf } from '@daytrade/service';
import { httpTransport, injectTransport, type ServiceTransport } from '@daytrade/service/client';
import type { CreatePart, PartContext } from '@daytrade/service/host';
import { tracedFetch } from '@daytrade/service/traces';
import { programName } from '../program-name.ts';

/** Makes the web page. It asks services of this process without a socket, others at their URLs. */
export const createDashboardPart: CreatePart<object> = async (context) => {
  const { settings, logger, version, services } = context;
  return await createDashboard({
    logger,
    version,
    // A reader of a cluster's page runs the command on another machine.
    command: services.ml === undefined ? undefined : programName,
    language: settings.DAYTRADE_LANGUAGE,
    services: {
      ml: transportTo('ml', context),
      data: transportTo('data', context),
      scheduler: transportTo('scheduler', context),
    },
    assets: await ensureBuilt(),
    ...edgeOf(settings),
  });
};

/** Returns the way to a service: in this process, at its URL, else on this machine. */
function transportTo(name: 'ml' | 'data' | 'scheduler', { settings, services }: PartContext): ServiceTransport {
  const service = services[name];
  if (service !== undefined) return injectTransport(service);
  const urls = settings.DAYTRADE_SERVICES === undefined ? undefined : serviceUrls(settings.DAYTRADE_SERVICES);
  const scheme = settings.DAYTRADE_TLS_CERTIFICATE_FILE === undefined ? 'http' : 'https';
  return httpTransport({
    baseUrl: urls?.[name] ?? `${scheme}://127.0.0.1:${portOf(settings, name)}`,
    fetch: tracedFetch,
    token: settings.DAYTRADE_TOKEN,
    takesKept: true,
    startWith: `${programName} serve ${name}-service`,
  });
}
