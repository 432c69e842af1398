import type { IndexName } from '@daytrade/market';
import { knownMornings, type LogReturnColumn, overnightReturns, type Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';

/** The series of which the last session in America is taken: the first that there is. */
const americanSeries: readonly IndexName[] = ['nasdaq', 'sp500'];

type IndexStores = Pick<Stores, 'indices'>;

/** Reads the first of several series that has values, by day; undefined without any. */
export async function firstSeries({ indices }: IndexStores, names: readonly IndexName[], synthetic: boolean) {
  for (const name of names) {
    const values = await indices.values({ name, synthetic });
    if (values.length > 0) return { name, values: new Map(values.map(({ date, value }) => [date, value])) };
  }
  return undefined;
}

/** The nights between the sessions of a panel, by the first of them; undefined without a series. */
export interface KnownNights {
  /** American returns, as {@link overnightReturns}. */
  readonly overnight: LogReturnColumn | undefined;
  /** The VIX as it stands at 08:30 of the session after. */
  readonly vix: Float64Array | undefined;
}

/** Reads what was known of America and of the VIX before each next session of a panel. */
export async function readNights(
  stores: IndexStores,
  { days }: Pick<Panel, 'days'>,
  synthetic: boolean,
): Promise<KnownNights> {
  const american = await firstSeries(stores, americanSeries, synthetic);
  const vix = await firstSeries(stores, ['vix'], synthetic);
  return {
    overnight: american && overnightReturns(days, american.name, american.values),
    vix: vix && knownMornings(days, 'vix', vix.values).slice(1),
  };
}
