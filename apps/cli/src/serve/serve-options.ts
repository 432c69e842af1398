import type { Settings } from '@daytrade/contracts';
import type { Logger } from '@daytrade/service-kit';

/** What every part of a cluster is started with. */
export interface ServeOptions {
  readonly settings: Settings;
  readonly logger: Logger;
  /** Standard output: log lines, and metrics for CloudWatch where they are switched on. */
  readonly output: { write(line: string): unknown };
  /** Aborted by SIGTERM or SIGINT. */
  readonly signal: AbortSignal;
}

/** Runs one part until the signal, then drains it. */
export type ServePart = (options: ServeOptions) => Promise<void>;
