import {
  type EnsembleTasks,
  eachJudged,
  evaluateEnsemble,
  inlineTasks,
  type JudgedForecast,
  type RunTask,
} from '@daytrade/ensemble';
import { dayNumber, previousSession, type TradeDate } from '@daytrade/market';
import { eveningInstant, type Panel, resultsClass } from '@daytrade/series';
import { ratioInterval, skillInterval } from '../harness/block-bootstrap.ts';
import { type Comparison, compare, type PlainTable } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { ensembleBars } from './ensemble-bars.ts';
import { scoreGarch } from './garch-scores.ts';
import { garchWidths } from './garch-widths.ts';
import { isCompared, realResults } from './results-days.ts';

/** Winkler scores by year and by class of results, with days of results and without, from one walk-forward. */
export async function measureResults(
  context: SuiteContext,
  panel: Panel,
  judgedSessions: number,
): Promise<{ readonly comparisons: readonly Comparison[]; readonly table: PlainTable }> {
  const name = `${panel.symbols.length} symbols`;
  let plain: EnsembleTasks['judgement']['output'] | undefined;
  const runTask: RunTask = async (task, input) => {
    // The judgement alone knows of results, so the same predictions are judged without them first.
    if (task === 'judgement') plain = await inlineTasks('judgement', { ...(input as object), beside: {} } as never);
    return await inlineTasks(task, input);
  };
  const run = { runTask, progress: () => undefined, now: () => performance.now() };
  const announced = realResults(panel);
  const { report, judged } = await evaluateEnsemble(panel, { judgedSessions }, run, { announced });
  const bySymbol = new Map(panel.symbols.map(({ symbol }, s) => [symbol, announced[s]]));
  const classOf = ({ symbol, session }: JudgedForecast) => {
    const last = dayNumber(previousSession(session));
    const moment = { predicted: dayNumber(session), last, instant: eveningInstant(last) };
    return resultsClass(bySymbol.get(symbol), moment);
  };
  const rows = [...eachJudged(judged)];
  context.progress(`${name}: GARCH`);
  const first = panel.days.indexOf(dayNumber(rows[0]!.session)) - 1;
  const widths = await garchWidths(context, panel, first);
  const scored = (own: readonly JudgedForecast[]) => scoreGarch(panel, own, widths);
  const compared = (own: Iterable<JudgedForecast>) => scored([...own].filter(({ session }) => isCompared(session)));
  const [knowing, without] = [compared(rows), compared(eachJudged(plain!.judged))];
  const { low, high } = skillInterval(knowing.days.published, without.days.published);
  const mondays = rows.filter(({ session, close }) => close !== null && isAfterWeekend(session));
  const years = report.skillByYear.map((year) => {
    const ofYear = rows.filter(({ session }) => session.startsWith(String(year.year)));
    return { ...year, part: String(year.year), garch: scored(ofYear).winklerBp.toFixed(1) };
  });
  const classes = report.buckets
    .filter(({ group }) => group === 'results')
    .map((bucket) => {
      const ofClass = rows.filter((row) => classOf(row) === bucket.bucket);
      return { ...bucket, part: bucket.bucket, garch: scored(ofClass).winklerBp.toFixed(1) };
    });
  const unknown = plain!.report;
  const parts = [
    ...years,
    ...classes,
    { ...report, part: 'all', garch: scored(rows).winklerBp.toFixed(1) },
    { ...unknown, part: 'all, results unknown', garch: '' },
  ];
  return {
    comparisons: [
      compare({
        name: `${name}: Winkler score with days of results, 2025-05 to 12`,
        unit: 'bp',
        ours: knowing.publishedBp,
        peer: { name: 'without', value: without.publishedBp },
        figure: 100 * (1 - knowing.publishedBp / without.publishedBp),
        kind: 'percent',
        bar: ensembleBars.results,
        note: `day-block interval ${(100 * low).toFixed(2)} to ${(100 * high).toFixed(2)} %`,
      }),
      compare({
        name: `${name}: coverage, Mondays after a plain weekend`,
        unit: 'of symbol-days',
        figure: (100 * mondays.filter(({ inside }) => inside).length) / mondays.length,
        kind: 'share',
        bar: ensembleBars.classCoverage,
        note: coverageNote(mondays),
      }),
      compare({
        name: `${name}: Winkler skill against HAR with the same classes`,
        unit: 'of symbol-days',
        figure: 100 * report.skill.har!,
        kind: 'percent',
        bar: ensembleBars.har,
      }),
      ...classes.map(({ part, coverage }) =>
        compare({
          name: `${name}: coverage, results ${part}`,
          unit: 'of symbol-days',
          figure: 100 * coverage,
          kind: 'share',
          bar: ensembleBars.classCoverage,
          note: coverageNote(rows.filter((row) => row.close !== null && classOf(row) === part)),
        }),
      ),
    ],
    table: {
      title: `Winkler score by year and by what was known of results, bp, ${name}, ${report.from} to ${report.to}`,
      header: ['symbol-days', 'count', 'coverage', 'ensemble', 'HAR', 'EWMA + split', 'GARCH(1,1)-t'],
      rows: parts.map(({ part, symbolDays, coverage, winklerBp, skill, garch }) => [
        part,
        symbolDays.toLocaleString('en'),
        `${(100 * coverage).toFixed(2)} %`,
        winklerBp.toFixed(1),
        (winklerBp / (1 - skill!.har!)).toFixed(1),
        (winklerBp / (1 - skill!.ewma)).toFixed(1),
        garch,
      ]),
    },
  };
}

function isAfterWeekend(session: TradeDate): boolean {
  return dayNumber(session) - dayNumber(previousSession(session)) === 3;
}

/** The number of rows, and the day-block interval of their coverage. */
function coverageNote(rows: readonly JudgedForecast[]): string {
  const days = [...Map.groupBy(rows, ({ session }) => session).values()];
  const inside = days.map((own) => own.filter((row) => row.inside).length);
  const { low, high } = ratioInterval(
    inside,
    days.map((own) => own.length),
  );
  const interval = `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %`;
  return `${rows.length.toLocaleString('en')} symbol-days, at most 95 %; day-block interval ${interval}`;
}
