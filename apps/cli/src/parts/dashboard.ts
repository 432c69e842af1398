import { createDashboard, ensureBuilt } from '@daytrade/dashboard';
import { edgeOf } from '@daytrade/service';
import { httpTransport, injectTransport, type ServiceTransport } from '@daytrade/service/client';
import { type CreatePart, type PartContext, portSettings } from '@daytrade/service/host';
import { tracedFetch } from '@daytrade/service/traces';
import { programName } from '../program-name.ts';

/** The web page. Services of this process it asks without a socket, others at their URLs. */
export const createDashboardPart: CreatePart<object> = async (context) => {
  const { settings, logger, version, services } = context;
  return await createDashboard({
    logger,
    version,
    // Whoever reads the page of a cluster calls the command on a machine of their own.
    command: services.ml === undefined ? undefined : programName,
    language: settings.DAYTRADE_LANGUAGE,
    services: {
      ml: transportTo('ml', context),
      data: transportTo('data', context),
      scheduler: transportTo('scheduler', context),
    },
    assets: (await ensureBuilt()).folder,
    ...edgeOf(settings),
  });
};

/** Without a URL the service is looked for on this machine. */
function transportTo(name: 'ml' | 'data' | 'scheduler', { settings, services }: PartContext): ServiceTransport {
  const service = services[name];
  if (service !== undefined) return injectTransport(service);
  const { DAYTRADE_ML_URL: ml, DAYTRADE_DATA_URL: data, DAYTRADE_SCHEDULER_URL: scheduler } = settings;
  const scheme = settings.DAYTRADE_TLS_CERTIFICATE_FILE === undefined ? 'http' : 'https';
  return httpTransport({
    baseUrl: { ml, data, scheduler }[name] ?? `${scheme}://127.0.0.1:${settings[portSettings[name]]}`,
    fetch: tracedFetch,
    token: settings.DAYTRADE_TOKEN,
    takesKept: true,
    startWith: `${programName} serve ${name}-service`,
  });
}
