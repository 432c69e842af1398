import { eachJudged, evaluateEnsemble, inlineTasks, type JudgedForecast } from '@daytrade/ensemble';
import { dayNumber } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { PlainTable, SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingBars, type RealFolder, realFolders, realPanel, wideFolders, widePanel } from '../market/real-panel.ts';
import { scoreGarch } from './garch-scores.ts';
import { garchWidths } from './garch-widths.ts';
import { measureResults } from './results-table.ts';
import { ensembleRows, type SeedResult } from './skill-rows.ts';

/**
 * Sessions before the first judged one: start-up, first training and embargo, then the warm-up of the conformal scores.
 */
export const sessionsBefore = 276 + 250;

const notes = [
  'Walk-forward out of sample, in time order, on every session that has 526 before it; a training every 63 ' +
    'sessions. Seeds change the ensemble, not the data. Skill is 1 - Winkler score / that of the baseline on the ' +
    'same symbol-days.',
  'GARCH(1,1)-t: the package arch, zero mean, each symbol on its own, parameters estimated anew every 63 ' +
    'sessions on all returns so far, one step ahead; its intervals are clipped to the price limit and rounded to ' +
    "the tick as the ensemble's are.",
  'Days of results: a public schedule without times of day, from 2025-06-08 on, each day from when it was known. ' +
    'HAR: a gamma regression on past variances, one quantile of 250 sessions of all symbols, by the same classes.',
  'Intervals in brackets of days come from a bootstrap over blocks of 10 days.',
];

/** The ensemble's intervals and directions on real bars, beside its baselines and GARCH(1,1)-t. */
export async function measureEnsemble(context: SuiteContext): Promise<SuiteFindings> {
  const found = { comparisons: [] as SuiteFindings['comparisons'][number][], tables: [] as PlainTable[] };
  const skipped: string[] = [];
  const outside: string[] = [];
  for (const folder of realFolders) {
    const absent = missingBars(folder);
    if (absent !== undefined) {
      skipped.push(`${folder}: ${absent}`);
      continue;
    }
    const seeds = await evaluateSeeds(context, folder);
    found.comparisons.push(...ensembleRows(folder, seeds));
    found.tables.push(methodTable(folder, seeds[0]!));
    const stretches = seeds[0]!.report.outsideObjective.map(
      ({ from, to, worst }) => `${from} to ${to} (at worst ${(100 * worst).toFixed(2)} %)`,
    );
    const where = stretches.length === 0 ? 'nowhere' : stretches.join('; ');
    outside.push(`${folder}, first seed: 250-session coverage outside its objective ${where}.`);
  }
  for (const folders of wideFolders.some(missingBars) ? [] : [wideFolders.slice(0, 1), wideFolders]) {
    const panel = await widePanel(folders, context.quick ? 12 : undefined);
    context.progress(`${panel.symbols.length} symbols: days of results`);
    const sessions = context.quick ? 260 : panel.days.length - 1 - sessionsBefore;
    const { comparisons, table } = await measureResults(context, panel, sessions);
    found.comparisons.push(...comparisons);
    found.tables.push(table);
  }
  return { ...found, notes: [...notes, ...outside], skipped };
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
      widths = await garchWidths(context, panel, firstJudged(panel, judged));
    }
    const garch = scoreGarch(panel, judged, widths);
    const difference = Math.abs(garch.publishedBp - evaluation.report.winklerBp);
    if (difference > 1e-6) throw new Error(`${folder}: our Winkler score and the report's differ by ${difference} bp`);
    results.push({ report: evaluation.report, garch });
  }
  return results;
}

/** The session at which the first judged prediction was made. */
function firstJudged(panel: Panel, judged: readonly JudgedForecast[]): number {
  return panel.days.indexOf(dayNumber(judged[0]!.session)) - 1;
}

function methodTable(folder: string, { report, garch }: SeedResult): PlainTable {
  const walk = report.intervalMethods.find(({ name }) => name === 'random-walk')!.winklerBp;
  const methods = [...report.intervalMethods, { ...garch, name: 'garch(1,1)-t' }];
  return {
    title:
      `Interval methods, ${folder}, ${report.from} to ${report.to}, ${report.symbolDays.toLocaleString('en')} ` +
      'symbol-days, first seed',
    header: ['method', 'coverage', 'mean width bp', 'Winkler bp', 'skill against random walk'],
    rows: methods.map(({ name, coverage, meanWidthBp, winklerBp }) => [
      name,
      `${(100 * coverage).toFixed(2)} %`,
      meanWidthBp.toFixed(1),
      winklerBp.toFixed(1),
      `${(100 * (1 - winklerBp / walk)).toFixed(2)} %`,
    ]),
  };
}
