import type { Settings } from '@daytrade/contracts';
import { createLogger, httpTransport, injectTransport, ServiceClient } from '@daytrade/service-kit';
import { abandonUnfinished } from './abandon-unfinished.ts';
import type { Connection } from './connection.ts';
import { type RunningPlatform, readRunningFile } from './running-file.ts';
import { systemClock } from './system-clock.ts';

/**
 * Reaches the services: those of the `daytrade up` that runs on the state folder, else the same services opened in this process.
 *
 * @throws DayTradeError `state.locked` when another command holds the state folder
 */
export async function connect(settings: Settings): Promise<Connection> {
  const running = readRunningFile(settings.DAYTRADE_STATE_DIR);
  return running === undefined ? embedded(settings) : overHttp(running, settings);
}

function overHttp(running: RunningPlatform, settings: Settings): Connection {
  const client = (baseUrl: string) =>
    new ServiceClient(
      httpTransport({ baseUrl, fetch, token: settings.DAYTRADE_TOKEN, startWith: 'daytrade up', timeoutSeconds: 120 }),
    );
  return {
    data: client(running.data),
    ml: client(running.ml),
    scheduler: client(running.scheduler),
    mode: 'running',
    close: async () => undefined,
  };
}

async function embedded(settings: Settings): Promise<Connection> {
  // Only what goes wrong is worth a line beside the command's own output.
  const logger = createLogger({ level: 'fatal' });
  // Loading the services takes longer than most commands: only who opens them pays for it.
  const { openPlatform } = await import('./open-platform.ts');
  const platform = await openPlatform(settings, logger);
  await abandonUnfinished(platform.stores, systemClock.now());
  await platform.queue.start();
  return {
    data: new ServiceClient(injectTransport(platform.services.data)),
    ml: new ServiceClient(injectTransport(platform.services.ml)),
    scheduler: new ServiceClient(injectTransport(platform.services.scheduler)),
    mode: 'embedded',
    close: () => platform.close(),
  };
}
