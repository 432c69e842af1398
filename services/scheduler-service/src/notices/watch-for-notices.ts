import type { TimerHandle } from '@daytrade/jobs';
import { openChannels } from '@daytrade/notices';
import type { Service } from '@daytrade/service';
import type { SchedulerServiceDependencies } from '../dependencies.ts';
import { noticeRound } from './notice-round.ts';

const everyMs = 60_000;

/**
 * Looks once a minute, while the service listens, for what readers are to know, and sends it. It only reads what jobs
 * wrote, beside them: no job waits for a receiver.
 */
export function watchForNotices(service: Service, dependencies: SchedulerServiceDependencies): void {
  const { settings, clock } = dependencies;
  const parts = { ...dependencies, logger: service.log };
  let timer: TimerHandle | undefined;
  let over = false;
  const round = async () => {
    try {
      const channels = await openChannels(settings);
      if (channels.length > 0 && !over) await noticeRound(parts, channels);
    } catch (error) {
      service.log.warn({ err: error }, 'notices cannot be sent; it is tried again');
    }
    if (!over) timer = clock.setTimeout(() => void round(), everyMs);
  };
  service.addHook('onListen', async () => {
    void round();
  });
  service.addHook('preClose', async () => {
    over = true;
    if (timer !== undefined) clock.clearTimeout(timer);
  });
}
