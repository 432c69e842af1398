import { existsSync } from 'node:fs';
import type { Settings } from '@daytrade/contracts';
import { assertMayListen } from '@daytrade/service/client';
import { StateFolder } from '@daytrade/storage/state-folder';
import { assertPortsFree } from './ports-check.ts';
import { assertOneMachine } from './service-urls.ts';
import { systemClock } from './system-clock.ts';

/**
 * Says what keeps `daytrade up` from starting, before the seconds in which the services are loaded.
 *
 * @throws DayTradeError `settings.invalid`; `state.locked` naming the process that holds the folder;
 *   `service.port-in-use` naming every port that is taken
 */
export async function assertCanStart(settings: Settings): Promise<void> {
  assertOneMachine(settings);
  assertMayListen(settings.DAYTRADE_HOST, settings.DAYTRADE_TOKEN);
  const path = settings.DAYTRADE_STATE_DIR;
  if (existsSync(path)) {
    const folder = await StateFolder.open({ path, purpose: 'daytrade up', now: () => systemClock.now() });
    await folder.close();
  }
  await assertPortsFree(settings);
}
