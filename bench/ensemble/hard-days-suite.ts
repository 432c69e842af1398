import { type EvaluationReport, evaluateEnsemble, inlineTasks } from '@daytrade/ensemble';
import { dateOfDayNumber } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { Comparison, SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingBars, realPanel, wideFolders, widePanel } from '../market/real-panel.ts';
import { sessionsBefore } from './ensemble-suite.ts';
import { bucketRow, fixedMethodRows, jumpRows, windowRows } from './hard-day-rows.ts';
import { plantJumps } from './planted-jumps.ts';

/** About a year: the figures are of a model that is not tended. */
const retrainEvery = 250;

/** Planted jumps: how much larger moves become, for how many sessions, and how far the jumps are apart. */
const jump = { factor: 3, sessions: 60, apart: 130 } as const;

const notes = [
  'Walk-forward out of sample on every session that has 526 before it, seed 1, a training every 250 sessions: fewer ' +
    'than in use, so that 310 symbols take minutes. The buckets are those that `daytrade evaluate` prints.',
  'The limit of the widening after falls of the market is from the Nikkei 225 of 1966 to 2012 (docs/forecasting.md).',
  'After rises of the market the scale has a floor without a number of its own, from the Nikkei 225 of before; of ' +
    'two forms of it the one that leaves other days alone was taken while looking at a third of these symbols ' +
    '(docs/forecasting.md).',
  'A right method, for the small windows: the same sessions in random order, 2,000 times. Symbols still miss ' +
    'together on a day, but no day knows anything of the one before.',
  'Planted jumps: 60 symbols, every log return three times as large for 60 sessions, 130 sessions apart.',
];

/** What the mean coverage hides: large moves, earnings seasons, jumps of volatility, small windows. */
export async function measureHardDays({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const absent = wideFolders.map((folder) => missingBars(folder)).find((reason) => reason !== undefined);
  if (absent !== undefined) return { comparisons: [], tables: [], notes, skipped: [absent] };
  const panel = await widePanel(wideFolders, quick ? 6 : Number.POSITIVE_INFINITY);
  const judgedSessions = quick ? 260 : panel.days.length - 1 - sessionsBefore;
  progress(`${panel.symbols.length} symbols, ${judgedSessions} sessions`);
  const report = await evaluate(panel, judgedSessions);
  const name = `${report.symbols} symbols, ${report.from} to ${report.to}`;
  return {
    comparisons: [
      ...fixedMethodRows(name, report),
      bucketRow('after a fall of the market beyond 3 %', report, 'market-move', ['<= -3 %']),
      bucketRow('after a rise of the market beyond 3 %', report, 'market-move', ['> 3 %']),
      bucketRow('in earnings seasons', report, 'earnings-season', ['inside']),
      bucketRow('outside of earnings seasons', report, 'earnings-season', ['outside']),
      bucketRow('sessions 6 to 20 after volatility x3', report, 'volatility-jump', ['6 .. 10', '11 .. 20']),
      ...windowRows(report),
      ...(await measureJumps(quick, progress)),
    ],
    tables: [
      {
        title: `Coverage by bucket, ${name}`,
        header: ['symbol-days by', 'bucket', 'sessions', 'symbol-days', 'coverage', 'mean width bp', 'Winkler bp'],
        rows: report.buckets.map(({ group, bucket, sessions, symbolDays, coverage, meanWidthBp, winklerBp }) => [
          group,
          bucket,
          `${sessions}`,
          symbolDays.toLocaleString('en'),
          `${(100 * coverage).toFixed(2)} %`,
          meanWidthBp.toFixed(1),
          winklerBp.toFixed(1),
        ]),
      },
    ],
    notes,
    skipped: [],
  };
}

/** Coverage after jumps of volatility that are planted, since real ones of this size are few. */
async function measureJumps(quick: boolean, progress: SuiteContext['progress']): Promise<readonly Comparison[]> {
  const panel = await realPanel(wideFolders[0], quick ? 12 : undefined);
  const last = panel.days.length - 1;
  const first = quick ? last - 200 : sessionsBefore + jump.sessions;
  const starts = Array.from({ length: Math.floor((last - first) / jump.apart) }, (_, i) => first + i * jump.apart);
  progress(`${panel.symbols.length} symbols, ${starts.length} planted jumps`);
  const stretches = starts.map((from) => ({ from, to: from + jump.sessions }));
  const report = await evaluate(plantJumps(panel, stretches, jump.factor), quick ? 260 : last - sessionsBefore);
  return jumpRows(
    report,
    starts.map((t) => dateOfDayNumber(panel.days[t]!)),
    jump.factor,
  );
}

async function evaluate(panel: Panel, judgedSessions: number): Promise<EvaluationReport> {
  const run = { runTask: inlineTasks, progress: () => undefined, now: () => performance.now() };
  const { report } = await evaluateEnsemble(panel, { seed: 1, judgedSessions, retrainEvery }, run);
  return report;
}
