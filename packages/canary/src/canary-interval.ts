import type { TradeDate } from '@daytrade/market';

/** Requests of one version that were slower than each bound, as Prometheus counts them. */
export interface LatencyHistogram {
  /** Upper bounds in seconds, ascending. */
  readonly bounds: readonly number[];
  /** Requests that took at most the bound of the same place: cumulative, so they never fall. */
  readonly atMost: readonly number[];
}

/** What one version answered in an interval. */
export interface Traffic {
  readonly requests: number;
  /** Answers of status 500 and above, and requests without an answer. */
  readonly errors: number;
  readonly latency: LatencyHistogram;
}

/** What one version published, or would publish, for a symbol; bounds in yen. */
export interface ForecastInterval {
  readonly lower: number;
  readonly upper: number;
  /** The newest bar that it knows. */
  readonly lastSession: TradeDate;
}

/** What both versions answered to the same request: their interval for one symbol and session. */
export interface PredictionPair {
  readonly symbol: string;
  readonly session: TradeDate;
  readonly stable: ForecastInterval;
  /** undefined: the canary has none for this symbol. */
  readonly canary: ForecastInterval | undefined;
}

/** A pair whose session is over. */
export interface ClosedPair {
  readonly symbol: string;
  readonly session: TradeDate;
  readonly close: number;
  readonly stable: Pick<ForecastInterval, 'lower' | 'upper'>;
  readonly canary: Pick<ForecastInterval, 'lower' | 'upper'>;
}

/** What was measured of both versions in one interval of a release. */
export interface CanaryInterval {
  /** Its end, in milliseconds since 1970-01-01 UTC. */
  readonly endedAt: number;
  /** The share of requests that the canary was meant to get, in percent. */
  readonly weight: number;
  readonly stable: Traffic;
  readonly canary: Traffic;
  /** The newest answers to mirrored requests. The same answers again show nothing new. */
  readonly pairs: readonly PredictionPair[];
  /** All pairs of this release whose session is over by now. */
  readonly closed: readonly ClosedPair[];
}
