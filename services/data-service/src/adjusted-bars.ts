import type { PriceBasis, PriceFactor } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { dayNumber, type TradeDate } from '@daytrade/market';
import { type BarColumns, type PriceChange, pricesAsOf } from '@daytrade/series';
import type { SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/** Bars with what their prices are. */
export interface AdjustedBars {
  readonly columns: BarColumns;
  readonly priceBasis: PriceBasis;
}

/**
 * All daily bars of a symbol up to a day, adjusted as of it.
 *
 * @throws DayTradeError `input.invalid` where the stored prices are adjusted already
 */
export async function adjustedBars(
  { symbol, priceBasis }: SymbolRecord,
  asOf: TradeDate,
  { bars, priceFactors }: Pick<DataServiceDependencies['stores'], 'bars' | 'priceFactors'>,
): Promise<AdjustedBars> {
  if (priceBasis !== 'traded') {
    throw new DayTradeError(
      'input.invalid',
      `adjustedTo: the stored prices of ${symbol} are ${priceBasis} already, up to the day of their ` +
        'last fetch; only traded prices can be adjusted as of a day',
      { details: { field: 'adjustedTo', value: asOf, priceBasis } },
    );
  }
  const factors = await priceFactors.of(symbol);
  const columns = pricesAsOf(await bars.read(symbol, { to: asOf }), factors.map(changeOf), dayNumber(asOf));
  const hasDividends = factors.some(({ kind }) => kind === 'dividend');
  return { columns, priceBasis: hasDividends ? 'fully-adjusted' : 'split-adjusted' };
}

function changeOf({ date, knownOn, kind, value }: PriceFactor): PriceChange {
  return { day: dayNumber(date), knownOn: dayNumber(knownOn), kind, value };
}
