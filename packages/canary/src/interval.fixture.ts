import { instantOf, parseTradeDate } from '@daytrade/market';
import type { CanaryInterval, ClosedPair, PredictionPair, Traffic } from './canary-interval.ts';

const lastSession = parseTradeDate('2026-06-11');
const session = parseTradeDate('2026-06-12');

/** Requests of which a share fails, all of them faster than 50 ms, or slower by some bounds. */
export function traffic(requests: number, { failed = 0, slower = 0 } = {}): Traffic {
  const bounds = [0.01, 0.05, 0.25, 0.5, Number.POSITIVE_INFINITY];
  return {
    requests,
    errors: Math.round(requests * failed),
    latency: { bounds, atMost: bounds.map((_, i) => (i >= 1 + slower ? requests : 0)) },
  };
}

/** 100 symbols that both versions predict: moved by standard deviations, of another width, of older bars. */
export function pairs({ shift = 0, width = 1, stale = 0, count = 100 } = {}): readonly PredictionPair[] {
  return Array.from({ length: count }, (_, i) => {
    const half = 0.03;
    const middle = (shift * half) / 1.812;
    return {
      symbol: String(1_301 + i),
      session,
      stable: { lower: 1_000 * Math.exp(-half), upper: 1_000 * Math.exp(half), lastSession },
      canary: {
        lower: 1_000 * Math.exp(middle - half * width),
        upper: 1_000 * Math.exp(middle + half * width),
        lastSession: i < stale * count ? parseTradeDate('2026-06-10') : lastSession,
      },
    };
  });
}

/** Closes of some sessions: the stable interval misses those of one symbol in twenty, the canary's as many as named. */
export function closed(sessions: number, missed: number): readonly ClosedPair[] {
  return Array.from({ length: sessions }, (_, day) =>
    Array.from({ length: 100 }, (_, i) => ({
      symbol: String(1_301 + i),
      session: parseTradeDate(`2026-05-${String(day + 1).padStart(2, '0')}`),
      close: 1_000,
      stable: { lower: i < 5 ? 1_001 : 990, upper: 1_010 },
      canary: { lower: i < missed ? 1_001 : 995, upper: 1_005 },
    })),
  ).flat();
}

/** An interval in which nothing is wrong, after the close of a session. */
export function interval(change: Partial<CanaryInterval> = {}): CanaryInterval {
  return {
    endedAt: instantOf(session, '16:00'),
    weight: 10,
    stable: traffic(9_000, { failed: 0.001 }),
    canary: traffic(1_000, { failed: 0.001 }),
    pairs: pairs(),
    closed: [],
    ...change,
  };
}
