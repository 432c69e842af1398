import { type EvaluationReport, evaluateEnsemble, inlineTasks } from '@daytrade/ensemble';
import { sessionsBefore } from '../ensemble/ensemble-suite.ts';
import { type Bar, type Comparison, compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingBars, wideFolders, widePanel } from '../market/real-panel.ts';

/** The bars of the order of symbols, as they were set before anything was measured. */
const directionBars = {
  rankCoefficient: { sense: 'at least', must: 0.025, aim: 0.035 },
  t: { sense: 'at least', must: 4 },
} as const satisfies Record<string, Bar>;

/**
 * How well the ensemble orders 310 symbols of real bars for the next session: walk-forward, a training every 63
 * sessions, seed 1. The forecast made at a close, without its part about the market, is correlated across the symbols
 * with what followed. Costs are left out: one tick of a large cap is 2 to 10 bp.
 */
export async function measureDirection(context: SuiteContext): Promise<SuiteFindings> {
  const skipped = wideFolders.flatMap((folder) => missingBars(folder) ?? []);
  if (skipped.length > 0) return { comparisons: [], skipped };
  const panel = await widePanel(wideFolders, context.quick ? 10 : undefined);
  const judgedSessions = context.quick ? 260 : panel.days.length - 1 - sessionsBefore;
  context.progress(`${panel.symbols.length} symbols, ${judgedSessions} sessions`);
  const { report } = await evaluateEnsemble(
    panel,
    { judgedSessions },
    { runTask: inlineTasks, progress: () => undefined, now: () => performance.now() },
  );
  return { comparisons: comparisonsOf(report), skipped };
}

function comparisonsOf(report: EvaluationReport): readonly Comparison[] {
  const line = report.informationCoefficients.find(
    ({ leg, correlation }) => leg === 'close-to-close' && correlation === 'spearman',
  );
  if (line === undefined) throw new Error('no rank IC of the next close');
  const where = `${report.symbols} symbols`;
  return [
    compare({
      name: `${where}: rank IC of the next close, close to close, market-neutral`,
      unit: 'mean of sessions',
      figure: line.value,
      kind: 'correlation',
      bar: directionBars.rankCoefficient,
      note:
        `interval ${line.low.toFixed(4)} to ${line.high.toFixed(4)}, ${line.sessions} sessions, ` +
        `${report.from} to ${report.to}`,
    }),
    compare({ name: `${where}: its t`, unit: 'mean / error', figure: line.t, kind: 't', bar: directionBars.t }),
    compare({
      name: `${where}: coverage of the intervals in the same run`,
      unit: 'of symbol-days',
      figure: 100 * report.coverage,
      kind: 'share',
      note: `mean width ${report.meanWidthBp.toFixed(1)} bp, Winkler score ${report.winklerBp.toFixed(1)} bp`,
    }),
  ];
}
