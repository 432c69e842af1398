import type { RestoreDrillResult, Run } from '@daytrade/contracts';
import { japanClock } from '../output/format.ts';
import { table } from '../output/table.ts';
import { programName } from '../program-name.ts';

/** A drill of the past, as its run has it. */
export interface Drill {
  readonly run: string;
  readonly at: string | null;
  readonly status: Run['status'];
  /** Null where it did not succeed. */
  readonly result: RestoreDrillResult | null;
  readonly error: string | null;
}

/** The drills, newest first. */
export function drillHistory(drills: readonly Drill[]): string {
  if (drills.length === 0) return `There was no drill yet. ${programName} restore-drill runs one.`;
  return table(drills, {
    'began (JST)': ({ at }) => (at === null ? '' : japanClock(at)),
    status: ({ status }) => status,
    RTO: ({ result }) => (result === null ? '' : `${result.rtoSeconds.toFixed(1)} s`),
    RPO: ({ result }) => (result === null ? '' : `${result.rpoSeconds.toFixed(1)} s`),
    what: ({ result, error }) =>
      result === null ? (error ?? '') : `${result.backup}: ${(result.bytes / 1e6).toFixed(1)} MB`,
  });
}
