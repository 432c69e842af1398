import type { NoisePanelOptions } from '@daytrade/series/testing';

/** Compute columns of a panel, again and again, and write them to a file, where one is named, column after column. */
export interface BatchTask {
  readonly kind: 'batch';
  readonly panel: NoisePanelOptions;
  readonly names: readonly string[];
  readonly repeats: number;
  readonly output?: string;
}

/** CPU seconds of the fastest repeat, and the columns that were written. */
export interface BatchResult {
  readonly cpuSeconds: number;
  readonly names: readonly string[];
}

/** Push a panel session by session, twice, and time each push of the second time once the longest window is full. */
export interface PushTask {
  readonly kind: 'push';
  readonly panel: NoisePanelOptions;
}

/** Milliseconds of one push, by the clock. */
export interface PushResult {
  readonly p50: number;
  readonly p99: number;
}

export type FeatureTask = BatchTask | PushTask;
