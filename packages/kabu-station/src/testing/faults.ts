import type { LiveHours } from '../session-hours.ts';

/** How often an order meets each fault, as a share; and what happens once in a session. */
export interface FaultPlan {
  /** The order is taken, and no answer comes. */
  readonly acceptedThenTimeout: number;
  /** No answer comes, and the order is not taken either. */
  readonly lostThenTimeout: number;
  /** The answer is status 400, and the order is taken. */
  readonly acceptedThen400: number;
  /** The answer is 429; of queries as well. */
  readonly tooMany: number;
  /** No answer comes to a query. */
  readonly queryTimeout: number;
  /** The order is shown as being sent, and hides what became of it. */
  readonly stuck: number;
  /** Longest lag of positions, and of orders whose answer was lost: milliseconds. */
  readonly longestLag: number;
  readonly logout: { readonly from: number; readonly to: number };
  /** When the stream of prices is cut, and whether it is closed then as well. */
  readonly cut: { readonly at: number; readonly silently: boolean };
}

/** A plan at random: some sessions have many faults, some few. */
export function randomFaults(hours: LiveHours, random: () => number): FaultPlan {
  const often = (most: number) => (random() < 0.5 ? 0 : most * random());
  const dawn = hours.open - 9_000_000 + 3_600_000 * random();
  return {
    acceptedThenTimeout: often(0.4),
    lostThenTimeout: often(0.2),
    acceptedThen400: often(0.2),
    tooMany: often(0.15),
    queryTimeout: often(0.05),
    stuck: often(0.2),
    longestLag: 30_000,
    logout: { from: dawn, to: dawn + 600_000 + 4_800_000 * random() },
    cut: { at: random() < 0.7 ? hours.open : hours.open + 20_000_000 * random(), silently: random() < 0.5 },
  };
}

/** Nothing goes wrong. */
export const withoutFaults: FaultPlan = {
  acceptedThenTimeout: 0,
  lostThenTimeout: 0,
  acceptedThen400: 0,
  tooMany: 0,
  queryTimeout: 0,
  stuck: 0,
  longestLag: 300,
  logout: { from: 0, to: 0 },
  cut: { at: Infinity, silently: false },
};
