import type { InformationCoefficient } from '@daytrade/contracts';
import { type EvaluationReport, evaluateEnsemble, inlineTasks } from '@daytrade/ensemble';
import { type Comparison, compare, type PlainTable, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingBars, wideFolders, widePanel } from '../market/real-panel.ts';
import { directionBars } from './direction-bars.ts';

/** Sessions before the first judged one: start-up, first training and embargo, then the warm-up of the combination. */
const sessionsBefore = 276 + 250;

const notes = [
  'Walk-forward out of sample, in time order, on every session that has 526 before it; a training every 63 sessions, ' +
    'seed 1. The forecast made at a close, without its part about the market, is correlated across the symbols with ' +
    'what followed; the mean is over sessions, brackets are intervals from a bootstrap over blocks of 10 days.',
  "An edge is one after Bonferroni's correction at 5 % for all coefficients tested. Nothing of it is after costs: " +
    'one tick of a large cap is 2 to 10 bp.',
];

/** How well the ensemble orders 310 symbols of real bars for the next session, by part of the return. */
export async function measureDirection(context: SuiteContext): Promise<SuiteFindings> {
  const skipped = wideFolders.flatMap((folder) => missingBars(folder) ?? []);
  if (skipped.length > 0) return { comparisons: [], tables: [], notes, skipped };
  const panel = await widePanel(wideFolders, context.quick ? 10 : undefined);
  const judgedSessions = context.quick ? 260 : panel.days.length - 1 - sessionsBefore;
  context.progress(`${panel.symbols.length} symbols, ${judgedSessions} sessions`);
  const { report } = await evaluateEnsemble(
    panel,
    { judgedSessions },
    { runTask: inlineTasks, progress: () => undefined, now: () => performance.now() },
  );
  return { comparisons: comparisonsOf(report), tables: [legTable(report), modelTable(report)], notes, skipped };
}

function comparisonsOf(report: EvaluationReport): readonly Comparison[] {
  const line = find(report.informationCoefficients, 'close-to-close', 'spearman');
  const where = `${report.symbols} symbols`;
  return [
    compare({
      name: `${where}: rank IC of the next close, close to close, market-neutral`,
      unit: 'mean of sessions',
      figure: line.value,
      kind: 'correlation',
      bar: directionBars.rankCoefficient,
      note: `interval ${range(line)}, ${line.sessions} sessions, ${report.from} to ${report.to}`,
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

function legTable({ informationCoefficients, from, to }: EvaluationReport): PlainTable {
  return {
    title: `Information coefficients of the ensemble, ${from} to ${to}`,
    header: ['return', 'correlation', 'IC', '95 % interval', 't', 'edge'],
    rows: informationCoefficients.map((line) => [
      line.leg.replaceAll('-', ' '),
      line.correlation,
      line.value.toFixed(4),
      range(line),
      line.t.toFixed(1),
      line.edge ? 'yes' : 'no edge',
    ]),
  };
}

function modelTable({ models }: EvaluationReport): PlainTable {
  const legs = ['close-to-close', 'close-to-open', 'open-to-close'] as const;
  return {
    title: 'Rank IC of each member and combination, t in brackets',
    header: ['model', ...legs.map((leg) => leg.replaceAll('-', ' ')), 'weight'],
    rows: models.map(({ name, informationCoefficients, weight }) => [
      name,
      ...legs.map((leg) => {
        const { value, t } = find(informationCoefficients, leg, 'spearman');
        return `${value.toFixed(4)} (${t.toFixed(1)})`;
      }),
      weight === null ? '' : weight.toFixed(2),
    ]),
  };
}

function find(
  lines: readonly InformationCoefficient[],
  leg: InformationCoefficient['leg'],
  correlation: InformationCoefficient['correlation'],
): InformationCoefficient {
  const line = lines.find((candidate) => candidate.leg === leg && candidate.correlation === correlation);
  if (line === undefined) throw new Error(`no ${correlation} coefficient ${leg}`);
  return line;
}

function range({ low, high }: InformationCoefficient): string {
  return `${low.toFixed(4)} to ${high.toFixed(4)}`;
}
