import type { KeptSelection, PriceFactor, Selection } from '@daytrade/contracts';
import { addSessions, type TradeDate } from '@daytrade/market';
import { defaultCriteria, lastSessionUpTo, type SelectionOptions, selectSymbols } from '@daytrade/market-data';
import { activeUniverse, newestBar, readUndamaged, type ShareCountRecord, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/** Days that are read: the selector looks at 60 sessions. */
const sessionsRead = 60;

/**
 * The symbols that score best over the last 60 sessions. Real symbols only where there are any, else the synthetic
 * ones. Those whose bars are damaged are left out and named. Members of the newest selection that was kept before that
 * session stay until they fall clearly out.
 *
 * @param options its `asOf` is the last session of the window; default: the newest bar
 */
export async function selectFromStores(
  stores: DataServiceDependencies['stores'],
  options: Omit<SelectionOptions, 'previous'>,
): Promise<Selection> {
  const infos = activeUniverse(await stores.symbols.list());
  const last = options.asOf === undefined ? newestBar(infos) : lastSessionUpTo(options.asOf);
  if (last === undefined || infos.length === 0) return selectSymbols([], defaultCriteria, options);
  const range = { from: addSessions(last, -sessionsRead), to: last };
  const previous = await stores.selections.before(last, infos[0]!.synthetic);
  const reported = await stores.shareCounts.asOf(last);
  const factors = await stores.priceFactors.all();
  const read = async (complete: readonly SymbolRecord[]) => {
    const symbols = complete.map(({ symbol }) => symbol);
    const columns = await stores.bars.readMany(symbols, range);
    return complete.map((info, index) => {
      const bars = columns[index]!;
      const shares = sharesOf(info, reported.get(info.symbol), last, factors.get(info.symbol) ?? []);
      return { info, bars, marketCapitalisationYen: capitalisation(shares, bars.close.at(-1)) };
    });
  };
  const { result: pool, leftOut } = await readUndamaged(stores.bars, infos, read, range);
  const selection = selectSymbols(pool ?? [], defaultCriteria, { ...options, asOf: last, previous });
  return { ...selection, leftOut: [...leftOut] };
}

/**
 * A selection as it is kept.
 *
 * @param madeAt ISO 8601 in UTC
 */
export function keptSelection(selection: Selection, asOf: TradeDate, madeAt: string): KeptSelection {
  const { poolSize, criteria, options, symbols, turnover } = selection;
  const synthetic = symbols.some((one) => one.synthetic);
  const picked = symbols.map(({ rank, symbol, name, score, components, reason }) => {
    return { rank, symbol, name, score, components, reason };
  });
  return { asOf, madeAt, synthetic, poolSize, criteria, options, symbols: picked, turnover };
}

/**
 * Returns the shares on a day: those of the newest report by then, changed by the splits since its period. Adjusted
 * closes also contain later splits. Without a report the count is unknown, since the count of today would be
 * look-ahead. Synthetic counts are constant.
 */
function sharesOf(
  { priceBasis, synthetic, sharesOutstanding }: SymbolRecord,
  reported: ShareCountRecord | undefined,
  asOf: TradeDate,
  factors: readonly PriceFactor[],
): number | null {
  if (reported === undefined) return synthetic ? sharesOutstanding : null;
  return factors
    .filter(
      ({ kind, date }) => kind === 'split' && date > reported.periodEnd && (priceBasis !== 'traded' || date <= asOf),
    )
    .reduce((shares, { value }) => shares / value, reported.shares);
}

/** Yen; undefined where the number of shares is not known. */
function capitalisation(shares: number | null, close: number | undefined): number | undefined {
  return shares === null || close === undefined ? undefined : shares * close;
}
