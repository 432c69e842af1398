import { DayTradeError } from '@daytrade/errors';
import { isLoopback } from '@daytrade/service/client';
import type { DataServiceSettings } from './dependencies.ts';

/**
 * The only folder whose files this service reads when a request names a path; undefined where any may be read, because
 * only this machine can ask.
 *
 * @param alone whether the service shares its stores with no other process
 * @param field for the message, as the request names it
 * @throws DayTradeError `data.folder-refused` where others can ask and no folder was set apart for it
 */
export function importRoot(settings: DataServiceSettings, alone: boolean, field: string): string | undefined {
  const { DAYTRADE_IMPORT_ROOT: root, DAYTRADE_HOST: host } = settings;
  if (root !== undefined || (isLoopback(host) && alone)) return root;
  throw new DayTradeError(
    'data.folder-refused',
    `${field}: no path is read here, since ` +
      `${alone ? `DAYTRADE_HOST=${host} is beyond loopback` : 'the services run as a cluster'} and ` +
      'DAYTRADE_IMPORT_ROOT is not set',
    { details: { field } },
  );
}
