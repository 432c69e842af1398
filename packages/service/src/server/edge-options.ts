import type { Settings } from '@daytrade/contracts';
import type { ServiceOptions } from '../service.ts';

/** The options of a service that come from the settings. */
export type EdgeOptions = Pick<ServiceOptions, 'token' | 'readToken' | 'limits' | 'tls'>;

/** Returns the options that all services of a process share. */
export function edgeOf(settings: Settings): EdgeOptions {
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

export interface ServerLimits {
  /** Open connections; beyond them the oldest idle ones are closed. */
  readonly connections: number;
  /** Requests in progress; some more wait for a short time, the rest gets 503. */
  readonly requestsInFlight: number;
  readonly waitSeconds: number;
  /** Time limit for the headers of a request. */
  readonly headersSeconds: number;
}

export const defaultLimits: ServerLimits = {
  connections: 1_000,
  requestsInFlight: 16,
  waitSeconds: 5,
  headersSeconds: 10,
};
