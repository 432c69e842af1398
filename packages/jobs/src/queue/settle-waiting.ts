import { type DayTradeError, serialiseError } from '@daytrade/errors';
import { type Clock, isoInstant } from '../clock.ts';
import type { Dependency, Run, RunLedger } from '../run.ts';

// What every queue does with a run that waited. Of several schedulers that look at it, the ledger lets one change it.

interface Parts {
  readonly ledger: Pick<RunLedger, 'update'>;
  readonly clock: Clock;
}

/** Writes down that a run waits no longer. Undefined when another was first. */
export async function releaseRun(
  { ledger, clock }: Parts,
  run: Run,
  dependencies: readonly Dependency[],
): Promise<Run | undefined> {
  if (run.status !== 'waiting') return undefined;
  const queuedAt = isoInstant(clock.now());
  return await ledger.update(run, { status: 'queued', queuedAt, dependencies: [...dependencies] });
}

/** Writes down that a run is not started, and why. Undefined when another was first. */
export async function skipRun(
  { ledger, clock }: Parts,
  run: Run,
  error: DayTradeError,
  dependencies: readonly Dependency[],
): Promise<Run | undefined> {
  if (run.status !== 'waiting') return undefined;
  const finishedAt = isoInstant(clock.now());
  const end = { status: 'skipped', error: serialiseError(error), finishedAt } as const;
  return await ledger.update(run, { ...end, dependencies: [...dependencies] });
}
