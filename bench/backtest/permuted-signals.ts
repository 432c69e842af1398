import { limitColumns, type Panel, seededRandom } from '@daytrade/series';
import {
  commissionTables,
  type ForecastColumns,
  runBacktest,
  type SimulationSettings,
  simulateSets,
  usualCosts,
  withoutCosts,
} from '@daytrade/trading';
import { usualSettings } from '@daytrade/trading/testing';
import { type Bar, type Comparison, compare, type PlainTable } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { realPanel } from '../market/real-panel.ts';

/** Of 100 runs on signals that know nothing, in how many the 95 % interval of the Sharpe ratio must hold 0. */
const least = 93;

const costs = {
  'the usual costs': usualCosts,
  'the usual costs, no commission': { ...usualCosts, commission: commissionTables.none },
  'no costs': withoutCosts,
} satisfies Readonly<Record<string, SimulationSettings['costs']>>;

interface Held {
  below: number;
  held: number;
  above: number;
}

/**
 * The strategy `ranking` on forecasts that are dealt anew among the symbols of each session: what its report says of
 * the Sharpe ratio, before and after costs.
 */
export async function comparePermuted({ quick, progress }: SuiteContext) {
  const runs = quick ? 4 : 100;
  const panel = await realPanel('daily-2021-2025-adjusted');
  const data = { panel, limits: limitColumns(panel) };
  const found = new Map<string, { readonly net: Held; readonly gross: Held }>();
  for (const [name, model] of Object.entries(costs)) {
    progress(`${runs} runs on permuted signals, ${name}`);
    const counts = { net: { below: 0, held: 0, above: 0 }, gross: { below: 0, held: 0, above: 0 } };
    found.set(name, counts);
    for (let seed = 1; seed <= runs; seed += 1) {
      const report = await runBacktest(
        {
          data: { ...data, forecasts: permuted(panel, seed) },
          strategy: 'ranking',
          parameters: {},
          choose: false,
          settings: { ...usualSettings, costs: model },
          from: 0,
          to: panel.days.length,
          seed,
          conditions: 'of the test',
          earlierTrials: new Set(),
        },
        async (sets) => simulateSets(sets),
      );
      count(counts.net, report.net.sharpe);
      count(counts.gross, report.gross.sharpe);
    }
  }
  const note = `of ${runs} runs, ${panel.symbols.length} symbols, ${panel.days.length} sessions`;
  return {
    comparisons: comparisonsOf(found.get('the usual costs')!.net, found.get('no costs')!.net, runs, note),
    tables: [tableOf(found)],
  };
}

/** The move of the session before as the forecast of the next, dealt anew among the symbols of each session. */
function permuted({ symbols, days, close }: Panel, seed: number): ForecastColumns {
  const random = seededRandom(seed);
  const column = () => new Float64Array(close.length).fill(NaN);
  const columns = { centre: column(), lower: column(), upper: column() };
  const count = symbols.length;
  for (let t = 2; t < days.length; t += 1) {
    const moves = Float64Array.from(symbols, (_, s) => close[(t - 1) * count + s]! / close[(t - 2) * count + s]!);
    for (let s = count - 1; s > 0; s -= 1) {
      const other = Math.floor(random() * (s + 1));
      [moves[s], moves[other]] = [moves[other]!, moves[s]!];
    }
    for (let s = 0; s < count; s += 1) {
      const last = close[(t - 1) * count + s]!;
      columns.centre[t * count + s] = last * moves[s]!;
      columns.lower[t * count + s] = last * 0.96;
      columns.upper[t * count + s] = last * 1.04;
    }
  }
  return { ...columns, skilled: new Uint8Array(days.length) };
}

function count(counts: Held, { low, high }: { readonly low: number; readonly high: number }): void {
  if (high < 0) counts.below += 1;
  else if (low > 0) counts.above += 1;
  else counts.held += 1;
}

function comparisonsOf(usual: Held, free: Held, runs: number, note: string): readonly Comparison[] {
  const share = (name: string, figure: number, bar: Bar, more: string) =>
    compare({ name, unit: 'of all runs', figure: (100 * figure) / runs, kind: 'share', bar, note: `${note}; ${more}` });
  return [
    share(
      'Permuted signals: the net Sharpe interval holds 0',
      usual.held,
      { sense: 'at least', must: least },
      `${usual.below} lie below 0, as what trades without knowing loses its costs; ${usual.above} above`,
    ),
    share(
      'Permuted signals: it holds 0 where nothing costs anything',
      free.held,
      { sense: 'at least', must: least },
      `${free.below} lie below 0, ${free.above} above`,
    ),
    share('Permuted signals: the net Sharpe interval is above 0', usual.above, { sense: 'at most', must: 5 }, 'luck'),
  ];
}

function tableOf(found: ReadonlyMap<string, { readonly net: Held; readonly gross: Held }>): PlainTable {
  const rows = [...found].flatMap(([name, sides]) =>
    (['net', 'gross'] as const).map((side) => {
      const { below, held, above } = sides[side];
      return [name, side, `${below}`, `${held}`, `${above}`];
    }),
  );
  return {
    title: 'Permuted signals: where the 95 % interval of the Sharpe ratio lies',
    header: ['costs', 'side', 'below 0', 'holds 0', 'above 0'],
    rows,
  };
}
