export type TimerHandle = object | number;

/** Time and timers, passed in so that this package reads no clock of its own. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  setTimeout(callback: () => void, milliseconds: number): TimerHandle;
  /** Ignores undefined and timers that have fired. */
  clearTimeout(timer: TimerHandle | string | undefined): void;
}

/** Returns an instant as ISO 8601 in UTC, as the ledger writes it. */
export function isoInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function sleep(clock: Pick<Clock, 'setTimeout'>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimeout(resolve, milliseconds);
  });
}

/** Waits for the end of the work, successful or not, within a time limit. Returns false after the limit. */
export async function within(
  clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>,
  work: Promise<unknown>,
  milliseconds: number,
): Promise<boolean> {
  const done = work.then(
    () => true,
    () => true,
  );
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = clock.setTimeout(() => resolve(false), milliseconds);
  const inTime = await Promise.race([done, late]);
  clock.clearTimeout(timer);
  return inTime;
}
