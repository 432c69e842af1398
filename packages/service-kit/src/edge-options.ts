import type { Settings } from '@daytrade/contracts';
import { defaultLimits } from './http-server.ts';
import type { ServiceOptions } from './service.ts';

/** What the settings say of who may ask a service, and how much at once. */
export type EdgeOptions = Pick<ServiceOptions, 'token' | 'limits'>;

/** The same for every service of a process. */
export function edgeOf(settings: Settings): EdgeOptions {
  return {
    token: settings.DAYTRADE_TOKEN,
    limits: {
      ...defaultLimits,
      connections: settings.DAYTRADE_MAX_CONNECTIONS,
      requestsInFlight: settings.DAYTRADE_MAX_IN_FLIGHT,
    },
  };
}
