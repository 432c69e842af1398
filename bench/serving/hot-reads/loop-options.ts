/** What the closed-loop load does. */
export interface LoopOptions {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** At most 120. */
  readonly seconds: number;
  /** It ends earlier after this many requests. */
  readonly mostRequests?: number;
  /** Asks for answers that are not kept, so that each request costs a reading. */
  readonly newest?: boolean;
  /** Each connection asks from a date of its own, so that no answer serves two. */
  readonly ownDates?: boolean;
  /** How long a connection waits after an answer of 503, as its Retry-After asks. */
  readonly refusedSeconds?: number;
}

/** What it found. */
export interface LoopResult {
  /** With status 200. */
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds from the first byte sent to the last one received, of those requests. */
  readonly p50: number;
  readonly p99: number;
  /** The others, by what happened: `status 503`, `no answer in 30 s`. */
  readonly failures: Readonly<Record<string, number>>;
}
