import type { JudgedPrediction } from '@daytrade/contracts';
import { dayNumber } from '@daytrade/market';
import { type Panel, sharedArray } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import type { ForecastColumns } from '@daytrade/trading';

/**
 * Returns the out-of-sample forecasts of the newest evaluation, in the rows and prices of a panel; undefined without an
 * evaluation.
 */
export async function readForecasts(
  { evaluations }: Pick<Stores, 'evaluations'>,
  panel: Panel,
  synthetic: boolean,
): Promise<ForecastColumns | undefined> {
  const archive = await evaluations.judgedArchive(synthetic);
  if (archive === undefined) return undefined;
  const column = () => sharedArray(panel.close.length).fill(NaN);
  const columns = { centre: column(), lower: column(), upper: column() };
  const sessions = new Map<number, number>(Array.from(panel.days, (day, t) => [day, t] as const));
  for (const [s, { symbol }] of panel.symbols.entries()) {
    for (const forecast of await archive.rowsOf(symbol)) {
      write(columns, panel, { forecast, s, t: sessions.get(dayNumber(forecast.session)) });
    }
  }
  return columns;
}

/** Writes a forecast in the present prices of the bars, which a split may have restated since. */
function write(
  columns: ForecastColumns,
  { symbols, close }: Panel,
  { forecast, s, t }: { readonly forecast: JudgedPrediction; readonly s: number; readonly t: number | undefined },
): void {
  if (t === undefined || t === 0) return;
  const row = t * symbols.length + s;
  const restated = close[row - symbols.length]! / forecast.lastClose;
  columns.centre[row] = (forecast.centre ?? NaN) * restated;
  columns.lower[row] = forecast.lower * restated;
  columns.upper[row] = forecast.upper * restated;
}
