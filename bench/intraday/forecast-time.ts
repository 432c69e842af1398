import { InDayForecaster, trainInDay } from '@daytrade/ensemble';
import { dateOfDayNumber, instantOf, nextSession, parseSymbol } from '@daytrade/market';
import {
  buildPanel,
  buildSessionPath,
  type IntradayColumns,
  type Panel,
  type PanelInput,
  sessionSnapshot,
  slicePanel,
} from '@daytrade/series';
import { type Comparison, compare } from '../harness/result.ts';
import { quantile } from '../harness/statistics.ts';
import { intradayBars } from './intraday-bars.ts';

const symbolCount = 500;
const time = '10:00';

/** Sessions of daily bars that it goes through before. */
const sessions = 300;

/**
 * Time of one forecast of 500 symbols from their 5-minute bars, with all data in memory and the past gone through.
 *
 * @param inputs daily bars of real symbols, and their 5-minute bars; they stand for 500 by turns
 */
export function forecastTime(
  inputs: readonly PanelInput[],
  bars: readonly (IntradayColumns | undefined)[],
  rounds: number,
): Comparison {
  const many = Array.from({ length: symbolCount }, (_, i) => i % inputs.length);
  const whole = buildPanel(
    many.map((i, place) => ({
      symbol: { ...inputs[i]!.symbol, symbol: parseSymbol(String(1000 + place)) },
      bars: inputs[i]!.bars,
    })),
  );
  const own = many.map((i) => bars[i]);
  const newest = lastWithBars(whole, own);
  const panel = slicePanel(whole, newest - sessions, newest);
  const path = buildSessionPath(panel, own, [time]);
  const forecaster = new InDayForecaster(
    trainInDay({ panel, path }, {}, () => undefined),
    { panel, path },
  );
  const session = nextSession(dateOfDayNumber(panel.days.at(-1)!));
  const forecast = () =>
    forecaster.forecast(session, sessionSnapshot(session, own, instantOf(session, time)), `close@${time}`);
  const count = forecast().length;
  const milliseconds = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    forecast();
    return performance.now() - begun;
  });
  return compare({
    name: `one forecast of ${symbolCount} symbols at ${time}, data in memory`,
    unit: 'p99',
    figure: quantile(milliseconds, 0.99),
    kind: 'milliseconds',
    bar: intradayBars.forecastTime,
    note: `${count} forecasts, ${rounds} rounds, median ${quantile(milliseconds, 0.5).toFixed(1)} ms`,
  });
}

/** The newest session of the panel in which there are 5-minute bars. */
function lastWithBars(panel: Panel, bars: readonly (IntradayColumns | undefined)[]): number {
  const last = bars.reduce((newest, own) => Math.max(newest, own?.times.at(-1) ?? 0), 0);
  return panel.days.findLastIndex((day) => instantOf(dateOfDayNumber(day), '09:00') <= last);
}
