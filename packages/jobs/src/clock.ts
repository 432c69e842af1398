/** A pending timer of a {@link Clock}; what it is depends on the clock. */
export type TimerHandle = object | number;

/**
 * Time as it is handed in, so that nothing here reads a clock of its own.
 *
 * @example
 * const clock: Clock = { now: Date.now, setTimeout, clearTimeout };
 */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  setTimeout(callback: () => void, milliseconds: number): TimerHandle;
  /** Does nothing for a timer that has fired, and for none. */
  clearTimeout(timer: TimerHandle | string | undefined): void;
}

/** The instant that was written last: what happens at one instant asks for the same text again and again. */
let written = { milliseconds: 0, text: '1970-01-01T00:00:00.000Z' };

/** An instant as the ledger writes it, ISO 8601 in UTC. */
export function isoInstant(milliseconds: number): string {
  if (milliseconds !== written.milliseconds) written = { milliseconds, text: new Date(milliseconds).toISOString() };
  return written.text;
}

/** Waits, by the clock that was handed in. */
export function sleep(clock: Pick<Clock, 'setTimeout'>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimeout(resolve, milliseconds);
  });
}

/** Waits until the work is over, however it ends, and at most so long. True when it is over. */
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
