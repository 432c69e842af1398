import { afterEach, beforeEach, vi } from 'vitest';
import type { Clock } from '../clock.ts';

/** A clock that reads the fake timers of the test. */
export const fakeClock: Clock = {
  now: () => vi.getMockedSystemTime()!.getTime(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** Stops the time of every test of the file at an instant, ISO 8601. */
export function stopTimeAt(instant: string): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse(instant) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}
