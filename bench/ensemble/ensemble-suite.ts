import { eachJudged, evaluateEnsemble, inlineTasks } from '@daytrade/ensemble';
import { dayNumber } from '@daytrade/market';
import type { Comparison, SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import {
  dailyInputs,
  fiveMinuteBars,
  fiveMinuteFolders,
  missingBars,
  type RealFolder,
  realFolders,
  realPanel,
  wideFolders,
  widePanel,
} from '../market/real-panel.ts';
import { scoreGarch } from './garch-scores.ts';
import { garchWidths } from './garch-widths.ts';
import { realisedVarianceRow } from './realised-variance-row.ts';
import { measureResults } from './results-rows.ts';
import { ensembleRows, type SeedResult } from './skill-rows.ts';

/**
 * Sessions before the first judged one: start-up, first training and embargo, then the warm-up of the conformal
 * scores.
 */
export const sessionsBefore = 276 + 250;

/**
 * The ensemble's intervals and directions on real bars, beside its baselines and GARCH(1,1)-t: walk-forward, on every
 * session that has 526 before it, with a training every 63 sessions. Seeds change the ensemble, not the data. Skill
 * is 1 - Winkler score / that of the baseline on the same symbol-days.
 */
export async function measureEnsemble(context: SuiteContext): Promise<SuiteFindings> {
  const comparisons: Comparison[] = [];
  const skipped: string[] = [];
  for (const folder of realFolders) {
    const absent = missingBars(folder);
    if (absent !== undefined) {
      skipped.push(`${folder}: ${absent}`);
      continue;
    }
    comparisons.push(...ensembleRows(folder, await evaluateSeeds(context, folder)));
  }
  for (const folders of wideFolders.some(missingBars) ? [] : [wideFolders.slice(0, 1), wideFolders]) {
    const panel = await widePanel(folders, context.quick ? 12 : undefined);
    context.progress(`${panel.symbols.length} symbols: earnings dates`);
    const sessions = context.quick ? 260 : panel.days.length - 1 - sessionsBefore;
    comparisons.push(...(await measureResults(panel, sessions)));
  }
  if (![...wideFolders, ...fiveMinuteFolders].some(missingBars)) {
    context.progress('realised variance of 5-minute bars');
    const daily = (await Promise.all(wideFolders.map((folder) => dailyInputs(folder, Infinity)))).flat();
    const fiveMinutes = (await Promise.all(fiveMinuteFolders.map(fiveMinuteBars))).flat();
    const bySymbol = new Map(fiveMinutes.map(({ symbol, bars }) => [symbol.symbol, bars]));
    comparisons.push(await realisedVarianceRow(daily, bySymbol));
  }
  return { comparisons, skipped };
}

async function evaluateSeeds(context: SuiteContext, folder: RealFolder): Promise<readonly SeedResult[]> {
  const panel = await realPanel(folder, context.quick ? 12 : undefined);
  const judgedSessions = context.quick ? 260 : panel.days.length - 1 - sessionsBefore;
  const results: SeedResult[] = [];
  let widths: Float64Array | undefined;
  for (const seed of context.quick ? [1, 2] : [1, 2, 3]) {
    context.progress(`${folder}: ${judgedSessions} sessions, seed ${seed}`);
    const evaluation = await evaluateEnsemble(
      panel,
      { seed, judgedSessions },
      { runTask: inlineTasks, progress: () => undefined, now: () => performance.now() },
    );
    const judged = [...eachJudged(evaluation.judged)];
    if (widths === undefined) {
      context.progress(`${folder}: GARCH`);
      widths = await garchWidths(context, panel, panel.days.indexOf(dayNumber(judged[0]!.session)) - 1);
    }
    const garch = scoreGarch(panel, judged, widths);
    const difference = Math.abs(garch.publishedBp - evaluation.report.winklerBp);
    if (difference > 1e-6) throw new Error(`${folder}: our Winkler score and the report's differ by ${difference} bp`);
    results.push({ report: evaluation.report, garch });
  }
  return results;
}
