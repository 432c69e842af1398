import type { Settings } from '@daytrade/contracts';
import type { ServiceOptions } from '../service.ts';
import { defaultLimits } from './server-limits.ts';

/** What the settings say of who may ask a service, and how much at once. */
export type EdgeOptions = Pick<ServiceOptions, 'token' | 'readToken' | 'limits' | 'tls'>;

/** The settings that every service reads. */
export type EdgeSettings = Pick<
  Settings,
  | 'DAYTRADE_TOKEN'
  | 'DAYTRADE_READ_TOKEN'
  | 'DAYTRADE_TLS_CERTIFICATE_FILE'
  | 'DAYTRADE_TLS_KEY_FILE'
  | 'DAYTRADE_MAX_CONNECTIONS'
  | 'DAYTRADE_MAX_IN_FLIGHT'
>;

/** The same for every service of a process. */
export function edgeOf(settings: EdgeSettings): EdgeOptions {
  const { DAYTRADE_TLS_CERTIFICATE_FILE: certificateFile, DAYTRADE_TLS_KEY_FILE: keyFile } = settings;
  const tls = certificateFile === undefined || keyFile === undefined ? undefined : { certificateFile, keyFile };
  return {
    tls,
    token: settings.DAYTRADE_TOKEN,
    readToken: settings.DAYTRADE_READ_TOKEN,
    limits: {
      ...defaultLimits,
      connections: settings.DAYTRADE_MAX_CONNECTIONS,
      requestsInFlight: settings.DAYTRADE_MAX_IN_FLIGHT,
    },
  };
}
