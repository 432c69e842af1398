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
import { ratioInterval } from '../harness/block-bootstrap.ts';
import { type Comparison, compare } from '../harness/result.ts';
import { ensembleBars } from './ensemble-bars.ts';
import { isCompared, realResults } from './results-days.ts';
import { ScoredDays, scoreOf } from './scored-days.ts';

/**
 * Winkler scores and coverage by class of results, with earnings dates and without, from one walk-forward. The days
 * are from a public schedule without times of day, each from when it was known.
 */
export async function measureResults(panel: Panel, judgedSessions: number): Promise<readonly Comparison[]> {
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
  const unknowing = [...eachJudged(plain!.judged)];
  const scored = new ScoredDays();
  for (const [i, row] of rows.entries()) {
    if (row.close === null || !isCompared(row.session)) continue;
    scored.add(row.session, scoreOf(row), scoreOf(unknowing[i]!));
  }
  const mondays = rows.filter(({ session, close }) => close !== null && isAfterWeekend(session));
  const classes = report.buckets.filter(({ group }) => group === 'results');
  return [
    compare({
      name: `${name}: Winkler score with earnings dates, 2025-05 to 12`,
      unit: 'bp',
      ours: scored.oursBp,
      peer: { name: 'without', value: scored.peerBp },
      figure: scored.percentLower,
      kind: 'percent',
      bar: ensembleBars.results,
      note: scored.interval,
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
    ...classes.map(({ bucket, coverage }) =>
      compare({
        name: `${name}: coverage, results ${bucket}`,
        unit: 'of symbol-days',
        figure: 100 * coverage,
        kind: 'share',
        bar: ensembleBars.classCoverage,
        note: coverageNote(rows.filter((row) => row.close !== null && classOf(row) === bucket)),
      }),
    ),
  ];
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
