import { cpus, loadavg, totalmem, type } from 'node:os';

/** Machine and runtime of a measurement; peers have the versions of their requirements file. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  /** Runnable processes over the minute before the suite began. */
  readonly loadAtStart: number;
  readonly node: string;
}

/** Describes this machine now. */
export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${type()} ${process.arch}`,
    loadAtStart: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    node: process.versions.node,
  };
}
