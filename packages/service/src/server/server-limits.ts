/** How much a service takes at once. */
export interface ServerLimits {
  /** Connections that are open at once; beyond them those without a request are closed, the oldest first. */
  readonly connections: number;
  /** Requests that are answered at once; some more wait for a short time, the others get 503. */
  readonly requestsInFlight: number;
  /** Longer than this nobody waits for that. */
  readonly waitSeconds: number;
  /** How long the headers of a request may take to come. */
  readonly headersSeconds: number;
}

/** What a service takes at once where nothing else is set. */
export const defaultLimits: ServerLimits = {
  connections: 1_000,
  requestsInFlight: 16,
  waitSeconds: 5,
  headersSeconds: 10,
};
