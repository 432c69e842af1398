import type { KeptAnswers, ReadinessCheck, Service } from '@daytrade/service';
import { databaseCheck } from '@daytrade/service/host';
import type { Stores } from '@daytrade/storage';

/** Predictions are made every 15 minutes in market hours; older answers would pretend to be the newest. */
export const longestAgeSeconds = 900;

const refreshEveryMs = 60_000;

/**
 * Ready also without the database as long as there is something to answer. Then the database is not asked: one that
 * does not answer at all, as behind a broken network, would take longer than a probe waits.
 */
export function databaseOrKeptAnswers(
  { stores }: { readonly stores: Pick<Stores, 'schema'> },
  kept: Pick<KeptAnswers, 'complete'>,
): ReadinessCheck {
  const { name, check } = databaseCheck(stores);
  const unlessKept = async () => {
    if (!kept.complete) await check();
  };
  return { name, check: unlessKept };
}

/**
 * Asks for the answers once a minute from the time the service listens, so that they are there when the database goes.
 */
export function keepRefreshed(service: Service, kept: KeptAnswers): void {
  let timer: NodeJS.Timeout | undefined;
  const refresh = () =>
    kept.refresh(service).catch((error: unknown) => service.log.warn({ err: error }, 'the answers could not be kept'));
  service.addHook('onListen', async () => {
    timer = setInterval(() => void refresh(), refreshEveryMs);
    timer.unref();
    void refresh();
  });
  service.addHook('preClose', async () => clearInterval(timer));
}
