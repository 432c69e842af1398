import type { Clock, TimerHandle } from '@daytrade/jobs';
import type { Service } from '@daytrade/service';

/** Repeats work while a service listens, until it drains, with a pause after each end. An error is logged. */
export function repeatWhileListening(
  service: Service,
  clock: Clock,
  pauseMs: number,
  work: () => Promise<void>,
  failed: string,
): void {
  let timer: TimerHandle | undefined;
  let over = false;
  const round = async () => {
    await work().catch((error: unknown) => service.log.warn({ err: error }, failed));
    if (!over) timer = clock.setTimeout(() => void round(), pauseMs);
  };
  service.addHook('onListen', async () => void round());
  service.addHook('preClose', async () => {
    over = true;
    clock.clearTimeout(timer);
  });
}
