import type { EvaluationReport } from '@daytrade/ensemble';
import { type Bar, type Comparison, compare } from '../harness/result.ts';
import { lowestCoverage, lowestOfRightMethod } from './shuffled-windows.ts';

/** Coverage that has to hold in each bucket, in percent. */
const bucketBar: Bar = { sense: 'at least', must: 88, aim: 91 };

/** How much worse than a method that was fixed beforehand the published intervals may be, in percent. */
const fixedBar: Bar = { sense: 'at most', must: 0.2, aim: 0 };

/** Orders of the sessions of a right method of which one may fall below what is shown. */
const rare = 0.01;

/** The published intervals beside the method that is fixed, and beside the best with hindsight. */
export function fixedMethodRows(name: string, { intervalMethods }: EvaluationReport): readonly Comparison[] {
  const scoreOf = (wanted: string) => intervalMethods.find((method) => method.name === wanted)!.winklerBp;
  const single = intervalMethods.filter((method) => method.name.startsWith('ensemble-'));
  const best = single.reduce((least, method) => (method.winklerBp < least.winklerBp ? method : least));
  return [
    ['the method fixed beforehand, ensemble-regime', scoreOf('ensemble-regime')] as const,
    [`the best with hindsight, ${best.name}`, best.winklerBp] as const,
  ].map(([peer, value]) =>
    compare({
      name: `${name}: Winkler score of what is published against ${peer}`,
      unit: 'bp',
      ours: scoreOf('published'),
      peer: { name: 'the single method', value },
      figure: 100 * (scoreOf('published') / value - 1),
      kind: 'percent',
      bar: fixedBar,
    }),
  );
}

/** Coverage over some buckets of a group together. */
export function bucketRow(
  name: string,
  { buckets }: Pick<EvaluationReport, 'buckets'>,
  group: string,
  of: readonly string[],
): Comparison {
  const found = buckets.filter((each) => each.group === group && of.includes(each.bucket));
  const days = found.reduce((sum, { symbolDays }) => sum + symbolDays, 0);
  const inside = found.reduce((sum, { coverage, symbolDays }) => sum + coverage * symbolDays, 0);
  const sessions = found.map((each) => each.sessions).join(' and ');
  return compare({
    name: `coverage ${name}`,
    unit: 'of symbol-days',
    figure: (100 * inside) / days,
    kind: 'share',
    bar: bucketBar,
    note: `${days.toLocaleString('en')} symbol-days of ${sessions} sessions`,
  });
}

/** The lowest coverage of small windows, beside that of a right method once in a hundred times. */
export function windowRows({ series }: Pick<EvaluationReport, 'series'>): readonly Comparison[] {
  const sessions = series.map(({ coverage, symbols }) => ({ judged: symbols, inside: coverage * symbols }));
  return [20, 60].map((window) => {
    const right = 100 * lowestOfRightMethod(sessions, window, rare);
    return compare({
      name: `lowest coverage over ${window} sessions`,
      unit: 'of symbol-days',
      figure: 100 * lowestCoverage(sessions, window),
      kind: 'share',
      note: `a right method would be below ${right.toFixed(1)} % once in 100 such periods`,
    });
  });
}

/** Coverage in the sessions after each planted jump, the first of which is the one in which moves became larger. */
export function jumpRows(
  { series }: Pick<EvaluationReport, 'series'>,
  firstSessions: readonly string[],
  factor: number,
): readonly Comparison[] {
  const starts = firstSessions.map((session) => series.findIndex((each) => each.session === session));
  return (
    [
      [1, 5],
      [6, 10],
      [11, 20],
      [6, 20],
    ] as const
  ).map(([from, to]) => {
    const sessions = starts.flatMap((start) => series.slice(start + from - 1, start + to));
    const judged = sessions.reduce((sum, { symbols }) => sum + symbols, 0);
    const inside = sessions.reduce((sum, { coverage, symbols }) => sum + coverage * symbols, 0);
    return compare({
      name: `coverage in sessions ${from} to ${to} after all moves became ${factor} times as large`,
      unit: 'of symbol-days',
      figure: (100 * inside) / judged,
      kind: 'share',
      ...(from === 6 && to === 20 ? { bar: bucketBar } : {}),
      note: `${starts.length} planted jumps, ${judged.toLocaleString('en')} symbol-days`,
    });
  });
}
