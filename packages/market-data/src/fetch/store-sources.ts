import { announcedAt, type TradeDate } from '@daytrade/market';
import type { Announcement, BarProvider } from '../provider.ts';
import type { JudgedSource } from './judge-sources.ts';
import type { BarsOfSymbol, FetchedSymbol, FetchSinks, MergedBars } from './ports.ts';

const nothingMerged: MergedBars = { added: 0, changed: 0, unchanged: 0, bars: 0, firstDate: null, lastDate: null };

/**
 * Stores sources of different symbols: quarantined rows, then bars, then symbols. A source without a good row only adds
 * quarantine entries and updates `askedTo`; the symbol and its earlier entries stay.
 *
 * @param started when the fetch began
 * @returns what became of the bars of each, in their order
 */
export async function storeSources(
  sinks: FetchSinks,
  { name, incremental }: Pick<BarProvider, 'name' | 'incremental'>,
  judged: readonly JudgedSource[],
  started: number,
): Promise<readonly MergedBars[]> {
  if (judged.length === 0) return [];
  const { announcements, bars, factors, quarantine, shareCounts } = sinks;
  const good = judged.filter(hasGoodRows);
  const bad = judged.filter((each) => !hasGoodRows(each));
  if (bad.length > 0) await quarantine.add(bad.map(keptOutOf));
  await noteAsked(sinks, bad);
  if (good.length === 0) return judged.map(() => nothingMerged);
  const ofSymbols = <Row extends object>(rowsOf: (rows: JudgedSource['rows']) => readonly Row[] | undefined) =>
    good.flatMap(({ source: { symbol }, rows }) => (rowsOf(rows) ?? []).map((row) => ({ ...row, symbol })));
  // Before the symbol, whose last day says from where on its rows are asked for again.
  await factors.upsertMany(ofSymbols((rows) => rows.factors));
  await shareCounts.upsertMany(ofSymbols((rows) => rows.shareCounts));
  await announcements.upsertMany(
    ofSymbols((rows) => rows.announcements).map((one) => {
      return { ...one, knownSince: one.knownSince ?? knownSince(one, started), knownUntil: null };
    }),
  );
  // Before the bars, since those that are stored are not asked for again.
  if (incremental === true) await quarantine.add(good.map(keptOutOf));
  else await quarantine.replace(good.map(keptOutOf));
  const provenance = { source: name, fetchedAt: started };
  const merged = new Map<JudgedSource, MergedBars>();
  const daily = good.filter(({ inspection }) => inspection.bars.interval === '1d');
  if (daily.length > 0) {
    const results = await bars.mergeMany(daily.flatMap(barsOf), provenance);
    for (const [index, each] of daily.entries()) merged.set(each, results[index]!);
  }
  const intraday = good.flatMap((each) => {
    const { interval, columns } = each.inspection.bars;
    return interval === '5m' ? [{ each, symbol: each.source.symbol, bars: columns }] : [];
  });
  if (intraday.length > 0) {
    const results = await bars.mergeManyIntraday(intraday, provenance);
    for (const [index, { each }] of intraday.entries()) merged.set(each, results[index]!);
  }
  await upsertSymbols(sinks, good, merged);
  return judged.map((each) => merged.get(each) ?? nothingMerged);
}

function hasGoodRows({ inspection }: JudgedSource): boolean {
  return inspection.bars.columns.close.length > 0;
}

function keptOutOf({ source: { symbol, file }, inspection: { entries, counts } }: JudgedSource) {
  return { symbol, file, entries, counts };
}

function barsOf({ source, rows: { factors = [] }, inspection: { bars, priceBasis } }: JudgedSource): BarsOfSymbol[] {
  if (bars.interval === '5m') return [];
  const splits = priceBasis === 'split-adjusted' ? factors.filter(({ kind }) => kind === 'split') : [];
  return [{ symbol: source.symbol, bars: bars.columns, splits }];
}

/** A row that was kept out may be right the next time. */
function askedTo({ rows, inspection: { entries } }: JudgedSource): TradeDate | undefined {
  return entries.length === 0 ? rows.askedTo : undefined;
}

/** Symbols that had no trade are not asked for again; one without any bar has no record yet. */
async function noteAsked({ symbols }: FetchSinks, bad: readonly JudgedSource[]): Promise<void> {
  const asked = bad.filter((each) => askedTo(each) !== undefined);
  if (asked.length === 0) return;
  const known = await symbols.find(asked.map(({ source }) => source.symbol));
  const records = asked.flatMap((each) => {
    const record = known.get(each.source.symbol);
    return record === undefined ? [] : [{ ...record, askedTo: askedTo(each) }];
  });
  if (records.length > 0) await symbols.upsert(records);
}

/** 5-minute bars leave the record of a symbol that has one alone. */
async function upsertSymbols(
  { symbols }: FetchSinks,
  good: readonly JudgedSource[],
  merged: ReadonlyMap<JudgedSource, MergedBars>,
): Promise<void> {
  const intraday = good.filter(({ inspection }) => inspection.bars.interval === '5m');
  const known = intraday.length === 0 ? new Map() : await symbols.find(intraday.map(({ source }) => source.symbol));
  const records: FetchedSymbol[] = [];
  for (const each of good) {
    const { rows, inspection, source } = each;
    const { firstDate, lastDate, bars } = merged.get(each)!;
    const isDaily = inspection.bars.interval === '1d';
    if (firstDate === null || lastDate === null || (!isDaily && known.has(source.symbol))) continue;
    const { priceBasis } = inspection;
    const common = { priceBasis, firstDate, lastDate, askedTo: askedTo(each) };
    records.push({ ...rows.master, ...common, bars: isDaily ? bars : 0 });
  }
  if (records.length > 0) await symbols.upsert(records);
}

function knownSince({ kind, date, time }: Announcement, fetched: number): string {
  return new Date(kind === 'made' ? announcedAt(date, time) : fetched).toISOString();
}
