import { dateOfDayNumber, instantOf, roundToTick, sessionTimes } from '@daytrade/market';
import { barMilliseconds, type IntradayColumns, seededRandom } from '@daytrade/series';
import type { BacktestData } from '../backtest/backtest-data.ts';
import { noiseData } from './noise-data.ts';

/** Bars of 5 minutes in a session of noise: enough to say what came first. */
const barsOfSession = 12;

/** Noise with bars of 5 minutes: from the open of a day to one end of its range, the other, and the close. */
export function noiseDays(size: {
  readonly symbols: number;
  readonly sessions: number;
  readonly seed: number;
}): BacktestData {
  const data = noiseData(size);
  const random = seededRandom(size.seed + 11);
  return { ...data, intraday: data.panel.symbols.map((_, s) => withinDays(data, s, random)) };
}

function withinDays({ panel }: BacktestData, s: number, random: () => number): IntradayColumns {
  const rows: (readonly [time: number, open: number, high: number, low: number, close: number, volume: number])[] = [];
  for (const [t, day] of panel.days.entries()) {
    const row = t * panel.symbols.length + s;
    const [open, high, low, close] = [panel.open[row]!, panel.high[row]!, panel.low[row]!, panel.close[row]!];
    if (!(open > 0)) continue;
    const date = dateOfDayNumber(day);
    const begin = instantOf(date, sessionTimes(date).morningOpen);
    const turns = random() < 0.5 ? [open, high, low, close] : [open, low, high, close];
    const priceAt = (i: number) => {
      const at = (3 * i) / barsOfSession;
      const leg = Math.min(2, Math.floor(at));
      const price = turns[leg]! + (at - leg) * (turns[leg + 1]! - turns[leg]!);
      return Math.min(high, Math.max(low, roundToTick(price, panel.symbols[s]!.tickTable, 'nearest')));
    };
    for (let i = 0; i < barsOfSession; i += 1) {
      const [from, to] = [priceAt(i), priceAt(i + 1)];
      const time = begin + i * barMilliseconds;
      rows.push([
        time,
        from,
        Math.max(from, to),
        Math.min(from, to),
        to,
        Math.floor(panel.volume[row]! / barsOfSession),
      ]);
    }
  }
  const column = (place: number) => Float64Array.from(rows, (values) => values[place]!);
  return { times: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
}
