import { randomUUID } from 'node:crypto';
import { type ServiceName, type Settings, serviceUrls, withoutPassword } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { type HttpTransportOptions, httpTransport, ServiceClient } from '@daytrade/service/client';
import type { Stores } from '@daytrade/storage';
import { programName } from '../program-name.ts';
import { type RunningPlatform, readRunningFile } from './running-file.ts';
import { systemClock } from './system-clock.ts';

/** The three services as a command sees them: those of `daytrade up` over HTTP, or opened in this process. */
export interface Connection {
  readonly data: ServiceClient<'data'>;
  readonly ml: ServiceClient<'ml'>;
  readonly scheduler: ServiceClient<'scheduler'>;
  /** True where the services read the files of this machine, so that they accept its paths. */
  readonly sharesFiles: boolean;
  close(): Promise<void>;
}

/** Addresses of the three services of a cluster. */
type ServiceUrls = Readonly<Record<ServiceName, string>>;

/**
 * Returns the services of the settings; undefined where the settings describe no cluster, so that the platform is on
 * this machine.
 *
 * @throws DayTradeError `settings.invalid` where they describe a cluster without its services
 */
function clusterServices(settings: Settings): ServiceUrls | undefined {
  const { DAYTRADE_SERVICES: services, DAYTRADE_DATABASE_URL: database } = settings;
  if (services !== undefined) return serviceUrls(services);
  if (database === undefined) return undefined;
  throw new DayTradeError(
    'settings.invalid',
    'DAYTRADE_SERVICES: expected the URLs of the services, since the settings describe a cluster ' +
      `(${JSON.stringify(withoutPassword(database))}); without DAYTRADE_DATABASE_URL the command works on this ` +
      "machine's state folder",
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
  );
}

/** An answer may take as long as a prediction of thousands of symbols. */
const answerSeconds = 120;
const probeSeconds = 5;

/**
 * Reaches the services: those of the URLs in the settings, else those of the `daytrade up` that runs on the state
 * folder, else the same services, opened in this process.
 *
 * @param purpose the command, shown to whoever finds the folder in use
 * @throws DayTradeError `state.locked` when another command holds the state folder; `state.exposed`; `settings.invalid`
 */
export async function connect(settings: Settings, purpose: string): Promise<Connection> {
  const cluster = clusterServices(settings);
  if (cluster !== undefined)
    return overHttp(cluster, settings, { startWith: `${programName} serve`, sharesFiles: false });
  const running = readRunningFile(settings.DAYTRADE_STATE_DIR, settings.DAYTRADE_HOST);
  return running !== undefined && (await isServed(running))
    ? overHttp(running, settings, { startWith: `${programName} up`, sharesFiles: true })
    : embedded(settings, purpose);
}

/** False when nothing listens: the pid of the file then belongs to another program. A slow answer is an answer. */
async function isServed({ scheduler }: RunningPlatform): Promise<boolean> {
  try {
    await fetch(`${scheduler}/healthz`, { signal: AbortSignal.timeout(probeSeconds * 1000) });
    return true;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError';
  }
}

function overHttp(
  urls: ServiceUrls,
  settings: Settings,
  { startWith, sharesFiles }: Pick<HttpTransportOptions, 'startWith'> & Pick<Connection, 'sharesFiles'>,
): Connection {
  const { DAYTRADE_TOKEN: token } = settings;
  // One for all requests of a command: it leads from what the command prints to the log of every part.
  const requestId = randomUUID();
  const client = <Name extends ServiceName>(name: Name) =>
    new ServiceClient<Name>(
      httpTransport({ baseUrl: urls[name], fetch, token, startWith, timeoutSeconds: answerSeconds }),
      requestId,
    );
  return {
    sharesFiles,
    data: client('data'),
    ml: client('ml'),
    scheduler: client('scheduler'),
    close: async () => undefined,
  };
}

async function embedded(settings: Settings, purpose: string): Promise<Connection> {
  // Loading the services takes longer than most commands, so only those that open them load them.
  const { createLogger } = await import('@daytrade/service');
  const { clientsOf, openPlatform } = await import('./open-platform.ts');
  // Only errors are worth a line beside the command's own output.
  const logger = createLogger({ level: 'fatal', destination: process.stderr });
  const platform = await openPlatform(settings, logger, purpose);
  try {
    await abandonUnfinished(platform.stores, systemClock.now());
    await platform.queue.start();
  } catch (error) {
    await platform.close();
    throw error;
  }
  return { ...clientsOf(platform), sharesFiles: true, close: () => platform.close() };
}

/**
 * Ends the runs that a process left behind when it died, so that a command neither continues work that nobody asked it
 * for nor waits for work that nobody does. (`daytrade up` takes such runs up again.)
 */
async function abandonUnfinished(stores: Stores, now: number): Promise<void> {
  for (const run of await stores.runs.unfinished()) {
    await stores.runs.update(run, {
      status: 'failed',
      finishedAt: new Date(now).toISOString(),
      error: {
        code: 'run.failed',
        message: 'the process that ran it ended before it was done; run it again, finished work is kept',
        details: {},
      },
    });
  }
}
