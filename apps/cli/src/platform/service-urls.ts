import { databaseUrl, type Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { programName } from '../program-name.ts';

/** Where the three services of a cluster are. */
export interface ServiceUrls {
  readonly data: string;
  readonly ml: string;
  readonly scheduler: string;
}

/**
 * The services of the settings; undefined where the settings do not describe a cluster, so that the platform is on this
 * machine.
 *
 * @throws DayTradeError `settings.invalid` naming the URL that is missing
 */
export function serviceUrls(settings: Settings): ServiceUrls | undefined {
  const { DAYTRADE_DATA_URL: data, DAYTRADE_ML_URL: ml, DAYTRADE_SCHEDULER_URL: scheduler } = settings;
  if (data !== undefined && ml !== undefined && scheduler !== undefined) return { data, ml, scheduler };
  const given = data ?? ml ?? scheduler ?? hostOfDatabase(settings);
  if (given === undefined) return undefined;
  const missing = Object.entries({ DAYTRADE_DATA_URL: data, DAYTRADE_ML_URL: ml, DAYTRADE_SCHEDULER_URL: scheduler })
    .filter(([, url]) => url === undefined)
    .map(([name]) => name);
  throw new DayTradeError(
    'settings.invalid',
    `${missing.join(', ')}: expected the URL of the service, since the settings describe a cluster ` +
      `(${JSON.stringify(given)}); without DAYTRADE_DATABASE_HOST and the URLs the command works on this machine's ` +
      'state folder',
    { details: { settings: missing } },
  );
}

/**
 * Refuses to run everything in one process on the state folder while the settings name a shared database, which would
 * not be used.
 *
 * @throws DayTradeError `settings.invalid`
 */
export function assertOneMachine(settings: Settings): void {
  const host = hostOfDatabase(settings);
  if (host === undefined) return;
  const setting = settings.DAYTRADE_DATABASE_URL === undefined ? 'DAYTRADE_DATABASE_HOST' : 'DAYTRADE_DATABASE_URL';
  throw new DayTradeError(
    'settings.invalid',
    `${setting}${setting === 'DAYTRADE_DATABASE_HOST' ? `=${JSON.stringify(host)}` : ''}: expected it not to be set, ` +
      `since \`${programName} up\` runs on the state folder of one machine; start the parts of a cluster with ` +
      `\`${programName} serve\``,
    { details: { setting } },
  );
}

/** Where the shared database is; of a URL this alone may be shown. */
function hostOfDatabase({ DAYTRADE_DATABASE_HOST: host, DAYTRADE_DATABASE_URL: url }: Settings): string | undefined {
  return host ?? (url === undefined ? undefined : databaseUrl(url)?.host);
}
