/** How far a figure of the canary may be from the stable version's. */
export interface Limit {
  /** Up to here nothing is wrong. */
  readonly tolerated: number;
  /** From here on it must not be released. What lies between is nobody's claim: the judge waits. */
  readonly refused: number;
}

/** How a release goes, in the words of Flagger: interval, threshold, step weight, max weight. */
export interface CanarySettings {
  /** Seconds of one interval. */
  readonly interval: number;
  /** Intervals in a row with enough traffic that still decide nothing, after which the release is rolled back. */
  readonly threshold: number;
  /** Percent of the requests that each step adds. */
  readonly stepWeight: number;
  /** The weight, in percent, from which a healthy canary is promoted. */
  readonly maxWeight: number;
  /** Requests that the canary must have answered in an interval for the interval to count. */
  readonly minRequests: number;
  /** Symbols that both versions must have predicted. */
  readonly minSymbols: number;
  /** The chance that a healthy release is rolled back by luck, over all its intervals and criteria. */
  readonly falseRollback: number;
  /** The chance, at each step and criterion, that a release at the refused limit gets past it. */
  readonly missed: number;
  readonly limits: {
    /** Share of requests, beyond the stable version's share. */
    readonly errors: Limit;
    /** Share of requests beyond the stable version's that are slower than its median by `slowerBySeconds`. */
    readonly slow: Limit & { readonly slowerBySeconds: number };
    /** Mean distance between the middles of both intervals, in standard deviations of the stable forecast. */
    readonly shift: Limit;
    /** Distance between the logarithms of both widths. */
    readonly width: Limit;
    /** Share of closes that only the canary's interval missed, less those that only the stable one missed. */
    readonly coverage: Limit;
    /** Share of symbols whose prediction is behind the stable version's, or not there. */
    readonly stale: { readonly tolerated: number };
  };
  /** How much alike observations are that belong together: they count as fewer (Kish's design effect). */
  readonly clustering: {
    /** Requests that fail together, on average. */
    readonly errors: number;
    /** Requests that are slow together. */
    readonly slow: number;
    /** Correlation, between symbols of a session, of how far two versions' forecasts lie apart. */
    readonly forecasts: number;
    /** Correlation, between symbols of a session, of closes that only one of two intervals missed. */
    readonly misses: number;
  };
}

/** The settings that the figures of `npm run bench -- canary` are measured with. */
export const usualCanary: CanarySettings = {
  interval: 300,
  threshold: 10,
  stepWeight: 10,
  maxWeight: 50,
  minRequests: 500,
  minSymbols: 10,
  falseRollback: 0.005,
  missed: 0.001,
  limits: {
    errors: { tolerated: 0.005, refused: 0.04 },
    slow: { tolerated: 0.05, refused: 0.25, slowerBySeconds: 0.1 },
    shift: { tolerated: 0.75, refused: 1.5 },
    width: { tolerated: 0.16, refused: 0.36 },
    coverage: { tolerated: 0.02, refused: 0.1 },
    stale: { tolerated: 0.05 },
  },
  clustering: { errors: 3, slow: 5, forecasts: 0.3, misses: 0.1 },
};
