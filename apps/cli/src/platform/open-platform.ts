import type { Settings } from '@daytrade/contracts';
import { createDataService } from '@daytrade/data-service';
import { createSchedulerService } from '@daytrade/scheduler-service';
import type { Logger } from '@daytrade/service';
import { injectTransport, ServiceClient } from '@daytrade/service/client';
import { type Embedded, embedded, type Host, type ObservePart, openHost } from '@daytrade/service/host';
import { say } from '../language/language.ts';
import { printNote } from '../output/terminal.ts';
import { createMlPart } from '../parts/ml.ts';
import { version } from '../version.ts';
import type { Connection } from './connect.ts';
import { systemClock } from './system-clock.ts';

/** The three services on one state folder in this process, with the queue that works for them. */
export type Platform = Host<Embedded, 'data' | 'ml' | 'scheduler'>;

/**
 * Opens the services on the state folder of the settings. They listen and work only when they are told to.
 *
 * @param purpose the command, as the error of a second process on the folder names it
 * @param observe wraps each part, for example with traces
 * @throws DayTradeError `state.locked` naming the pid that holds the folder; `state.unwritable`, `state.damaged`
 */
export async function openPlatform(
  settings: Settings,
  logger: Logger,
  purpose: string,
  observe: ObservePart = (create) => create,
): Promise<Platform> {
  return await openHost({
    settings,
    version,
    logger,
    clock: systemClock,
    random: Math.random,
    open: embedded({
      purpose,
      onNewer: ({ needed, found }) => {
        printNote(
          process,
          say(
            'warning: {0} was written by a newer day-trade (its tables are of version {1}, this one knows {2}); ' +
              'update day-trade',
            settings.DAYTRADE_STATE_DIR,
            found,
            needed,
          ),
        );
      },
      onSetAside: (message) => {
        // The log of a single command has no warnings.
        if (logger.isLevelEnabled('warn')) logger.warn(message);
        else printNote(process, say`warning: ${message}`);
      },
    }),
    parts: [
      ['data', observe<Embedded>(createDataService)],
      ['ml', observe<Embedded>(createMlPart)],
      ['scheduler', observe<Embedded>(createSchedulerService)],
    ],
  });
}

/** Returns clients of the services in this process. They need no closing of their own. */
export function clientsOf({ services }: Platform): Pick<Connection, 'data' | 'ml' | 'scheduler'> {
  return {
    data: new ServiceClient(injectTransport(services.data)),
    ml: new ServiceClient(injectTransport(services.ml)),
    scheduler: new ServiceClient(injectTransport(services.scheduler)),
  };
}
