import { randomUUID } from 'node:crypto';
import type { ServiceName, Settings } from '@daytrade/contracts';
import { type HttpTransportOptions, httpTransport, ServiceClient } from '@daytrade/service/client';
import { programName } from '../program-name.ts';
import { abandonUnfinished } from './abandon-unfinished.ts';
import type { Connection } from './connection.ts';
import { type RunningPlatform, readRunningFile } from './running-file.ts';
import { clusterServices, type ServiceUrls } from './service-urls.ts';
import { systemClock } from './system-clock.ts';

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
