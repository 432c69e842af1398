import type { Settings } from '@daytrade/contracts';
import { createDashboard, ensureBuilt } from '@daytrade/dashboard';
import { hostProcess, tracedFetch } from '@daytrade/service-host';
import { edgeOf } from '@daytrade/service-kit';
import { httpTransport, type ServiceTransport } from '@daytrade/service-kit/client';
import { systemClock } from '../platform/system-clock.ts';
import { version } from '../version.ts';
import type { ServePart } from './serve-options.ts';

/** The web page, and the services behind it at their URLs. */
export const serveDashboard: ServePart = async (options) => {
  const { settings, logger } = options;
  await hostProcess(
    {
      ...options,
      clock: systemClock,
      version,
      portSetting: 'DAYTRADE_DASHBOARD_PORT',
      open: async () =>
        await createDashboard({
          logger,
          version,
          services: {
            ml: transportTo('ml-service', settings.DAYTRADE_ML_URL, settings.DAYTRADE_ML_PORT, settings),
            data: transportTo('data-service', settings.DAYTRADE_DATA_URL, settings.DAYTRADE_DATA_PORT, settings),
            scheduler: transportTo(
              'scheduler-service',
              settings.DAYTRADE_SCHEDULER_URL,
              settings.DAYTRADE_SCHEDULER_PORT,
              settings,
            ),
          },
          assets: (await ensureBuilt()).folder,
          ...edgeOf(settings),
        }),
    },
    options.signal,
  );
};

/** Without a URL the service is looked for on this machine. */
function transportTo(part: string, url: string | undefined, port: number, settings: Settings): ServiceTransport {
  const scheme = settings.DAYTRADE_TLS_CERTIFICATE_FILE === undefined ? 'http' : 'https';
  return httpTransport({
    baseUrl: url ?? `${scheme}://127.0.0.1:${port}`,
    fetch: tracedFetch,
    token: settings.DAYTRADE_TOKEN,
    takesKept: true,
    startWith: `daytrade serve ${part}`,
  });
}
