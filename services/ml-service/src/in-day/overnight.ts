import type { IndexName } from '@daytrade/market';
import { knownMornings, type LogReturnColumn, overnightReturns, type Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';

/** The series of which the last session in America is taken: the first that there is. */
const americanSeries: readonly IndexName[] = ['nasdaq', 'sp500'];

type IndexStores = Pick<Stores, 'indices'>;

/**
 * Reads the American returns before each next session of a panel, as {@link overnightReturns}; undefined without a
 * series.
 *
 * @param synthetic which universe: real and synthetic values are never mixed
 */
async function readOvernight(
  stores: IndexStores,
  { days }: Pick<Panel, 'days'>,
  synthetic: boolean,
): Promise<LogReturnColumn | undefined> {
  for (const name of americanSeries) {
    const values = await valuesOf(stores, name, synthetic);
    if (values.size > 0) return overnightReturns(days, name, values);
  }
  return undefined;
}

/** The nights between the sessions of a panel, by the first of them; undefined without a series. */
export interface KnownNights {
  readonly overnight: LogReturnColumn | undefined;
  /** The VIX as it stands at 08:30 of the session after. */
  readonly vix: Float64Array | undefined;
}

/** As {@link readOvernight}, with the VIX. */
export async function readNights(
  stores: IndexStores,
  panel: Pick<Panel, 'days'>,
  synthetic: boolean,
): Promise<KnownNights> {
  const vix = await valuesOf(stores, 'vix', synthetic);
  return {
    overnight: await readOvernight(stores, panel, synthetic),
    vix: vix.size === 0 ? undefined : knownMornings(panel.days, 'vix', vix).slice(1),
  };
}

async function valuesOf({ indices }: IndexStores, name: IndexName, synthetic: boolean) {
  const values = await indices.values({ name, synthetic });
  return new Map(values.map(({ date, value }) => [date, value]));
}
