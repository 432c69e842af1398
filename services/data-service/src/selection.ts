import type { Selection } from '@daytrade/contracts';
import { addSessions, type TradeDate } from '@daytrade/market';
import { defaultCriteria, selectSymbols } from '@daytrade/market-data';
import { activeUniverse, newestBar, readUndamaged, type ShareCountRecord, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';

/** Days that are read: the selector looks at 60 sessions. */
const sessionsRead = 60;

/**
 * The symbols that score best over the last 60 sessions. Real symbols only where there are any, else the synthetic
 * ones. Those whose bars are damaged are left out and named.
 *
 * @param asOf the last session of the window; default: the newest bar
 */
export async function selectFromStores(
  stores: DataServiceDependencies['stores'],
  count: number,
  asOf?: TradeDate,
): Promise<Selection> {
  const infos = activeUniverse(await stores.symbols.list());
  const last = asOf ?? newestBar(infos);
  if (last === undefined || infos.length === 0) return selectSymbols([], defaultCriteria, count, asOf);
  const range = { from: addSessions(last, -sessionsRead), to: last };
  const reported = await stores.shareCounts.asOf(last);
  const { result: pool, leftOut } = await readUndamaged(stores.bars, infos, (sound) =>
    Promise.all(
      sound.map(async (info) => {
        const bars = await stores.bars.read(info.symbol, range);
        const shares = await sharesOf(info, reported.get(info.symbol), last, stores);
        return { info, bars, marketCapitalisationYen: capitalisation(shares, bars.close.at(-1)) };
      }),
    ),
  );
  return { ...selectSymbols(pool ?? [], defaultCriteria, count, asOf), leftOut: [...leftOut] };
}

/**
 * The shares whose number, times the stored close of a day, is the market capitalisation of that day: those of the
 * newest report up to it, and what the splits since then made of them. Adjusted closes know of later splits too. Where
 * no report is known, those of the symbol's record.
 */
async function sharesOf(
  { symbol, priceBasis, sharesOutstanding }: SymbolRecord,
  reported: ShareCountRecord | undefined,
  asOf: TradeDate,
  { priceFactors }: Pick<DataServiceDependencies['stores'], 'priceFactors'>,
): Promise<number | null> {
  if (reported === undefined) return sharesOutstanding;
  const splits = (await priceFactors.of(symbol)).filter(
    ({ kind, date }) => kind === 'split' && date > reported.periodEnd && (priceBasis !== 'traded' || date <= asOf),
  );
  return splits.reduce((shares, { value }) => shares / value, reported.shares);
}

/** Yen; undefined where the number of shares is not known. */
function capitalisation(shares: number | null, close: number | undefined): number | undefined {
  return shares === null || close === undefined ? undefined : shares * close;
}
