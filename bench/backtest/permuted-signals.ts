import { limitColumns, type Panel, seededRandom } from '@daytrade/series';
import { type ForecastColumns, runBacktest, simulateSets } from '@daytrade/trading';
import { usualSettings } from '@daytrade/trading/testing';
import { type Bar, type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { realPanel } from '../market/real-panel.ts';

/** Runs of 100 on random signals whose 95 % interval of the Sharpe ratio must hold 0. */
const least = 93;

/**
 * Runs the strategy `ranking` on forecasts that are shuffled among the symbols of each session, and counts where the
 * intervals of the Sharpe ratio lie, before and after costs. Costs are paid with certainty, so after them the interval
 * belongs below 0 the more, the longer the record is.
 */
export async function comparePermuted({ quick, progress }: SuiteContext): Promise<readonly Comparison[]> {
  const runs = quick ? 4 : 100;
  const panel = await realPanel('daily-2021-2025-adjusted');
  const data = { panel, limits: limitColumns(panel) };
  const places = { gross: { below: 0, held: 0, above: 0 }, net: { below: 0, held: 0, above: 0 } };
  progress(`${runs} runs on permuted signals`);
  for (let seed = 1; seed <= runs; seed += 1) {
    const report = await runBacktest(
      {
        data: { ...data, forecasts: permuted(panel, seed) },
        strategy: 'ranking',
        parameters: {},
        choose: false,
        settings: usualSettings,
        from: 0,
        to: panel.days.length,
        seed,
        conditions: 'of the bench',
        earlierTrials: new Map(),
      },
      async (sets) => simulateSets(sets),
    );
    for (const side of ['gross', 'net'] as const) {
      const { low, high } = report[side].sharpe;
      places[side][high < 0 ? 'below' : low > 0 ? 'above' : 'held'] += 1;
    }
  }
  const { gross, net } = places;
  const size = `of ${runs} runs, ${panel.symbols.length} symbols, ${panel.days.length} sessions`;
  const share = (name: string, figure: number, bar: Bar, { below, above }: typeof net) => {
    const note = `${size}; ${below} lie below 0, ${above} above`;
    return compare({ name, unit: 'of all runs', figure: (100 * figure) / runs, kind: 'share', bar, note });
  };
  const enough: Bar = { sense: 'at least', must: least };
  return [
    share('Permuted signals: the Sharpe interval before costs holds 0', gross.held, enough, gross),
    share('Permuted signals: the net one holds 0, though costs are certain', net.held, enough, net),
    share('Permuted signals: the net one is above 0', net.above, { sense: 'at most', must: 5 }, net),
  ];
}

/** Takes the last move of each symbol as its forecast, shuffled among the symbols of each session. */
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
  return columns;
}
