/** The clock of a live session; it is handed in, so that a test moves it. */
export interface LiveClock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Waits; it may end earlier where something happened that cannot wait. */
  wait(milliseconds: number): Promise<void>;
}
