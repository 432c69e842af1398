import { eachJudged, evaluateInDay, type JudgedForecast, publishInterval } from '@daytrade/ensemble';
import { dayNumber, type InDayHorizon, inDayHorizons, priceLimitBand } from '@daytrade/market';
import { type Panel, type SessionPath, soFarAt } from '@daytrade/series';
import { type Comparison, compare, type PlainTable } from '../harness/result.ts';
import { mean } from '../harness/statistics.ts';
import { intradayBars } from './intraday-bars.ts';
import { ScoredDays, scoreOf } from './scored-days.ts';
import { slotHalfWidths } from './slot-baseline.ts';

/** What one horizon did beside the baseline, on the same symbol-days. */
interface HorizonScore {
  readonly horizon: InDayHorizon;
  readonly count: number;
  readonly ours: Figures;
  readonly peer: Figures;
}

interface Figures {
  readonly coverage: number;
  readonly widthBp: number;
  readonly winklerBp: number;
}

/** The horizons every 15 minutes, from 5-minute bars, beside the quantile by time of day times EWMA. */
export function pathRows(
  panel: Panel,
  path: SessionPath,
  progress: (message: string) => void,
): { readonly comparisons: readonly Comparison[]; readonly table: PlainTable } {
  const together = new ScoredDays();
  const scores = path.times.map((time, k) => {
    const horizon = inDayHorizons.find((name) => name === `close@${time}`)!;
    progress(horizon);
    const { judged } = evaluateInDay({ panel, path }, horizon, {}, () => performance.now());
    return scoreHorizon(horizon, [...eachJudged(judged)], { panel, path, k }, together);
  });
  const ours = mean(scores.map((score) => score.ours.winklerBp));
  const peer = mean(scores.map((score) => score.peer.winklerBp));
  const coverages = scores.map((score) => 100 * score.ours.coverage);
  const what = `${scores.length} horizons, ${together.days} sessions, ${together.count.toLocaleString('en')} intervals`;
  return {
    comparisons: [
      compare({
        name: 'every 15 minutes: Winkler lower than quantile by time of day x EWMA',
        unit: 'bp, mean of the horizons',
        ours,
        peer: { name: 'slot x EWMA', value: peer },
        figure: 100 * (1 - ours / peer),
        kind: 'percent',
        bar: intradayBars.withinDay,
        note: `${what}; of all intervals ${together.percentLower.toFixed(2)} %, ${together.interval}`,
      }),
      compare({
        name: 'every 15 minutes: lowest coverage of a horizon',
        unit: 'of symbol-days',
        figure: Math.min(...coverages),
        kind: 'share',
        bar: intradayBars.lowestCoverage,
      }),
      compare({
        name: 'every 15 minutes: highest coverage of a horizon',
        unit: 'of symbol-days',
        figure: Math.max(...coverages),
        kind: 'share',
        bar: intradayBars.highestCoverage,
      }),
    ],
    table: horizonTable(scores),
  };
}

function scoreHorizon(
  horizon: InDayHorizon,
  judged: readonly JudgedForecast[],
  { panel, path, k }: { readonly panel: Panel; readonly path: SessionPath; readonly k: number },
  together: ScoredDays,
): HorizonScore {
  const symbols = panel.symbols.length;
  const price = new Float64Array(panel.close.length).fill(NaN);
  for (let t = path.from; t < panel.days.length; t += 1) price.set(soFarAt(panel, path, t, k)!.price, t * symbols);
  const half = slotHalfWidths(panel, path, price);
  const places = new Map(panel.symbols.map(({ symbol }, s) => [symbol, s]));
  const own = new ScoredDays();
  const [ours, peer] = [new Sums(), new Sums()];
  for (const row of judged) {
    if (row.close === null) continue;
    const s = places.get(row.symbol)!;
    const place = panel.days.indexOf(dayNumber(row.session)) * symbols + s;
    const { tickTable, priceBasis } = panel.symbols[s]!;
    const previousClose = panel.close[place - symbols]!;
    if (Number.isNaN(half[place]! * previousClose)) continue;
    const possible = { tickTable, priceBasis, band: priceLimitBand(previousClose, tickTable) };
    const baseline = { ...publishInterval(price[place]!, -half[place]!, half[place]!, possible), close: row.close };
    for (const scored of [own, together]) scored.add(row.session, scoreOf(row), scoreOf(baseline));
    ours.add(row.lower, row.upper, row.close);
    peer.add(baseline.lower, baseline.upper, row.close);
  }
  return {
    horizon,
    count: own.count,
    ours: ours.figures(own.oursBp),
    peer: peer.figures(own.peerBp),
  };
}

class Sums {
  #count = 0;
  #inside = 0;
  #width = 0;

  add(lower: number, upper: number, close: number): void {
    this.#count += 1;
    if (close >= lower && close <= upper) this.#inside += 1;
    this.#width += Math.log(upper / lower);
  }

  figures(winklerBp: number): Figures {
    return { coverage: this.#inside / this.#count, widthBp: (1e4 * this.#width) / this.#count, winklerBp };
  }
}

function horizonTable(scores: readonly HorizonScore[]): PlainTable {
  const cells = ({ coverage, widthBp, winklerBp }: Figures) => [
    `${(100 * coverage).toFixed(2)} %`,
    widthBp.toFixed(1),
    winklerBp.toFixed(1),
  ];
  return {
    title: 'Every 15 minutes: coverage, width bp, Winkler bp; then the same of quantile by time of day x EWMA',
    header: ['horizon', 'symbol-days', 'coverage', 'width', 'Winkler', 'coverage', 'width', 'Winkler', 'lower by'],
    rows: scores.map(({ horizon, count, ours, peer }) => [
      horizon,
      String(count),
      ...cells(ours),
      ...cells(peer),
      `${(100 * (1 - ours.winklerBp / peer.winklerBp)).toFixed(1)} %`,
    ]),
  };
}
