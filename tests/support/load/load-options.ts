/** What the load generator does. Only loopback is ever its target. */
export interface LoadOptions {
  /** An absolute http URL on 127.0.0.1. */
  readonly url: string;
  readonly token: string;
  readonly requestsPerSecond: number;
  /** At most 600. */
  readonly seconds: number;
  /** Kept open side by side; a Service picks a pod for each connection, not for each request. */
  readonly connections: number;
  /** A connection is replaced at this age, so that new pods get their share, as behind a load balancer. */
  readonly connectionSeconds: number;
  /** A request without its whole answer by then has failed. */
  readonly timeoutSeconds: number;
}

/** Requests that were due in one second. */
export interface LoadSecond {
  /** From when a request was due to the last byte of its answer, in 0.1 ms, of those that succeeded. */
  readonly latencies: readonly number[];
  /** How many failed for which reason. */
  readonly failures: Readonly<Record<string, number>>;
}

/** What the generator prints at its end. */
export interface LoadResult {
  readonly seconds: readonly LoadSecond[];
}
