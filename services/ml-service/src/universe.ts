import type { LeftOut, PriceFactor, UniverseUsed } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { dayNumber, lotSize, parseSymbol, type SymbolCode, type UniverseName } from '@daytrade/market';
import { type Panel, type PanelSymbol, type PriceChange, panelDividends } from '@daytrade/series';
import {
  type ActiveSymbols,
  activeSymbols,
  barsDamaged,
  type DateRange,
  readUndamaged,
  type Stores,
  type SymbolRecord,
} from '@daytrade/storage';
import type { SizeGroup, Split } from '@daytrade/trading';
import { type Membership, memberRows, membershipIn, universeUsed, withBarsIn } from './members-by-date.ts';

/** Symbols of a computation with their bars. */
export interface Universe extends ActiveSymbols {
  readonly panel: Panel;
  /** Symbols whose dividends are known, or whose prices have none left. */
  readonly withDividends: ReadonlySet<SymbolCode>;
  /** Symbols that lost bars, with a message for each. */
  readonly leftOut: LeftOut;
  /** Requested universe; undefined if every symbol counts. */
  readonly set: UniverseUsed | undefined;
  /** SHA-256 of exactly the bars of the panel. */
  readonly dataHash: string;
}

/**
 * Reads the bars of requested symbols, default all. Real bars displace synthetic ones: the two are never mixed. Symbols
 * that lost bars are left out.
 *
 * @param universe set whose members alone count, each at its own sessions; default: every symbol
 * @throws DayTradeError `data.no-bars` without bars; `data.symbol-unknown` naming those without bars;
 * `data.bars-damaged` if a file of these days is damaged or all symbols lost bars
 */
export async function readUniverse(
  stores: Stores,
  wanted?: readonly string[],
  universe?: UniverseName,
  range: DateRange = {},
): Promise<Universe> {
  const { meant, membership, synthetic } = await symbolsMeant(stores, wanted, universe);
  const read = await readUndamaged(
    stores.bars,
    meant,
    (complete) => stores.bars.readHashedPanel(complete.map(panelSymbol), range),
    range,
  );
  const { entries: records, result, leftOut } = read;
  if (result === undefined) throw barsDamaged(leftOut);
  const { panel, dataHash } = result;
  const changes = await priceChanges(stores);
  const members = membership && memberRows(panel, membership);
  return {
    records,
    panel: {
      ...panel,
      ...(changes.size === 0 ? {} : { dividends: panelDividends(panel, changes) }),
      ...(members && { members }),
    },
    set: membership && universeUsed(panel, membership),
    synthetic,
    withDividends: thoseWithDividends(records, changes),
    leftOut: [...leftOut],
    dataHash,
  };
}

export function panelSymbol({ symbol, tickTable, priceBasis }: SymbolRecord): PanelSymbol {
  return { symbol, tickTable, priceBasis };
}

/** Returns the symbols whose dividends are known, or whose prices have none left. */
export function thoseWithDividends(records: readonly SymbolRecord[], changes: PriceChanges): ReadonlySet<SymbolCode> {
  const known = records.filter(({ symbol, priceBasis }) => priceBasis === 'fully-adjusted' || changes.has(symbol));
  return new Set(known.map(({ symbol }) => symbol));
}

/** Symbols of a computation, before their bars are read. */
export interface SymbolsMeant {
  readonly meant: readonly SymbolRecord[];
  readonly membership: Membership | undefined;
  readonly synthetic: boolean;
}

/**
 * Returns the requested symbols, default all that have bars.
 *
 * @throws DayTradeError `data.no-bars` without bars; `data.symbol-unknown` naming those without bars; `input.invalid`
 * for a universe without a record
 */
export async function symbolsMeant(
  stores: Pick<Stores, 'symbols' | 'universe'>,
  wanted?: readonly string[],
  universe?: UniverseName,
): Promise<SymbolsMeant> {
  const { records: all, synthetic } = await activeSymbols(stores);
  if (all.length === 0)
    throw new DayTradeError(
      'data.no-bars',
      'there are no bars yet: import a folder or fetch the synthetic exchange first',
    );
  const codes = wanted === undefined ? undefined : knownCodes(all, wanted);
  const named = codes === undefined ? all : all.filter((record) => codes.has(record.symbol));
  const membership = universe === undefined ? undefined : membershipIn(await stores.universe.read(), universe);
  return { meant: membership === undefined ? named : withBarsIn(named, membership), membership, synthetic };
}

/** Dividends and splits by symbol, of symbols that pay dividends. */
export type PriceChanges = ReadonlyMap<SymbolCode, readonly PriceChange[]>;

export async function priceChanges({ priceFactors }: Pick<Stores, 'priceFactors'>): Promise<PriceChanges> {
  const paying = [...(await priceFactors.all())].filter(([, factors]) =>
    factors.some(({ kind }) => kind === 'dividend'),
  );
  return new Map(paying.map(([symbol, factors]) => [symbol, factors.map(changeOf)]));
}

/** Returns the splits of all symbols by ex-day, each once. */
export async function readSplits({ priceFactors }: Pick<Stores, 'priceFactors'>): Promise<readonly Split[]> {
  return [...(await priceFactors.all())].flatMap(([symbol, factors]) => {
    const splits = factors.filter(({ kind }) => kind === 'split');
    // The newest publication of a day counts.
    const byDay = new Map(splits.map(({ date, value }) => [dayNumber(date), 1 / value]));
    return Array.from(byDay, ([day, ratio]) => ({ symbol, day, ratio }));
  });
}

function changeOf({ date, knownOn, kind, value, source }: PriceFactor): PriceChange {
  return { day: dayNumber(date), knownOn: dayNumber(knownOn), kind, value, source };
}

/** Returns the shares in a lot of each symbol of the panel; those of funds and foreign stocks differ from 100. */
export function lotsOf({ panel, records }: Pick<Universe, 'panel' | 'records'>): readonly number[] {
  const lots = new Map(records.map(({ symbol, lot }) => [symbol, lot]));
  return panel.symbols.map(({ symbol }) => lots.get(symbol) ?? lotSize);
}

const groupsOfTopix500: Readonly<Record<string, SizeGroup>> = {
  large: 'topix100',
  'topix core30': 'topix100',
  'topix large70': 'topix100',
  mid: 'mid400',
  'topix mid400': 'mid400',
};

/** Returns the size group of each symbol of the panel; undefined for an unknown one, and on the synthetic exchange. */
export function groupsOf({ panel, records }: Pick<Universe, 'panel' | 'records'>): readonly SizeGroup[] {
  const groups = new Map(
    records.map(({ symbol, sizeGroup, synthetic }) => [
      symbol,
      synthetic || sizeGroup === null ? undefined : (groupsOfTopix500[sizeGroup.toLowerCase()] ?? 'other'),
    ]),
  );
  return panel.symbols.map(({ symbol }) => groups.get(symbol));
}

/**
 * Returns the codes of requested symbols, in any spelling.
 *
 * @throws DayTradeError `market.symbol-invalid`; `data.symbol-unknown` naming those without bars
 */
export function knownCodes(
  records: readonly { readonly symbol: string }[],
  wanted: readonly string[],
): ReadonlySet<SymbolCode> {
  const known = new Set<string>(records.map((record) => record.symbol));
  const codes = new Set(wanted.map((text) => parseSymbol(text)));
  const unknown = [...codes].filter((code) => !known.has(code));
  if (unknown.length === 0) return codes;
  const message = `no bars for ${unknown.join(', ')}; there are bars for ${known.size} symbols`;
  throw new DayTradeError('data.symbol-unknown', message);
}
