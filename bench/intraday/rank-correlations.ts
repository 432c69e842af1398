import { meanInterval } from '../harness/block-bootstrap.ts';
import { type Comparison, compare } from '../harness/result.ts';
import { mean, rankCorrelation } from '../harness/statistics.ts';

/** Symbols of a session below which ranks say nothing. */
const fewestSymbols = 10;

/** t of a mean that is needed before it is called an edge. */
const edgeAt = 3;

/** A signal of one symbol before, and its return after. */
export interface SignalAndReturn {
  readonly session: string;
  readonly signal: number;
  readonly outcome: number;
}

/**
 * The mean rank correlation within a session, which no move of the whole market changes, with its day-block interval,
 * its t and its means by year.
 */
export function rankCorrelationRow(name: string, rows: readonly SignalAndReturn[], what: string): Comparison {
  const daily = dailyCorrelations(rows);
  const values = [...daily.values()];
  const figure = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - figure) ** 2)));
  const t = figure / (deviation / Math.sqrt(values.length));
  const { low, high } = meanInterval(values);
  const years = [...new Set([...daily.keys()].map((session) => session.slice(0, 4)))].sort();
  const byYear = years.map((year) => {
    const own = [...daily].flatMap(([session, value]) => (session.startsWith(year) ? [value] : []));
    return `${year} ${mean(own).toFixed(3)}`;
  });
  return compare({
    name,
    unit: `${values.length} sessions`,
    figure,
    kind: 'correlation',
    note:
      `${what}; day-block interval ${low.toFixed(4)} to ${high.toFixed(4)}, t ${t.toFixed(1)}, ` +
      `${t > edgeAt ? 'above' : 'no edge: not above'} ${edgeAt}; by year ${byYear.join(', ')}`,
  });
}

function dailyCorrelations(rows: readonly SignalAndReturn[]): ReadonlyMap<string, number> {
  const sessions = Map.groupBy(
    rows.filter(({ signal, outcome }) => Number.isFinite(signal * outcome)),
    ({ session }) => session,
  );
  return new Map(
    [...sessions].flatMap(([session, own]) => {
      if (own.length < fewestSymbols || new Set(own.map(({ signal }) => signal)).size === 1) return [];
      const correlation = rankCorrelation(
        own.map(({ signal }) => signal),
        own.map(({ outcome }) => outcome),
      );
      return [[session, correlation] as const];
    }),
  );
}
