import type { EvaluationReport } from '@daytrade/ensemble';
import { ensembleBars } from './ensemble-bars.ts';

/** The stretches of sessions in which the coverage over 250 sessions lies outside its objective, in words. */
export function outsideStretches(series: EvaluationReport['series']): readonly string[] {
  const low = ensembleBars.lowestCoverage.must / 100;
  const high = ensembleBars.highestCoverage.must / 100;
  const stretches: string[] = [];
  let open: { from: string; to: string; worst: number } | undefined;
  const close = () => {
    if (open === undefined) return;
    const { from, to, worst } = open;
    stretches.push(`${from} to ${to} (${worst < low ? 'lowest' : 'highest'} ${(100 * worst).toFixed(2)} %)`);
    open = undefined;
  };
  for (const { session, coverage250: value } of series) {
    if (value === null || (value >= low && value <= high)) close();
    else if (open === undefined) open = { from: session, to: session, worst: value };
    else
      open = { ...open, to: session, worst: value < low ? Math.min(open.worst, value) : Math.max(open.worst, value) };
  }
  close();
  return stretches;
}
