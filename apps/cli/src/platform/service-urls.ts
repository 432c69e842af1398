import { type ServiceName, type Settings, serviceUrls, withoutPassword } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { programName } from '../program-name.ts';

/** Addresses of the three services of a cluster. */
export type ServiceUrls = Readonly<Record<ServiceName, string>>;

/**
 * Returns the services of the settings; undefined where the settings describe no cluster, so that the platform is on
 * this machine.
 *
 * @throws DayTradeError `settings.invalid` where they describe a cluster without its services
 */
export function clusterServices(settings: Settings): ServiceUrls | undefined {
  const { DAYTRADE_SERVICES: services, DAYTRADE_DATABASE_URL: database } = settings;
  if (services !== undefined) return serviceUrls(services);
  if (database === undefined) return undefined;
  throw new DayTradeError(
    'settings.invalid',
    'DAYTRADE_SERVICES: expected the URLs of the services, since the settings describe a cluster ' +
      `(${JSON.stringify(withoutPassword(database))}); without DAYTRADE_DATABASE_URL the command works on this ` +
      "machine's state folder",
    { details: { settings: ['DAYTRADE_SERVICES'] } },
  );
}

/**
 * Refuses to run everything in one process on the state folder while the settings name a shared database, which would
 * not be used.
 *
 * @throws DayTradeError `settings.invalid`
 */
export function assertOneMachine(settings: Settings): void {
  if (settings.DAYTRADE_DATABASE_URL === undefined) return;
  throw new DayTradeError(
    'settings.invalid',
    `DAYTRADE_DATABASE_URL: expected it not to be set, since \`${programName} up\` runs on the state folder of one ` +
      `machine; start the parts of a cluster with \`${programName} serve\``,
    { details: { setting: 'DAYTRADE_DATABASE_URL' } },
  );
}
