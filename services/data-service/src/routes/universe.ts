import { routes, type SymbolHistory, type UniverseImport, type UniverseMembers } from '@daytrade/contracts';
import {
  compareText,
  importedSource,
  isWithin,
  japanDate,
  knownFrom,
  type MemberSpan,
  parseSymbol,
  type Succession,
  type SymbolCode,
  spansOf,
  type TradeDate,
  type UniverseName,
  type UniverseRecord,
} from '@daytrade/market';
import { readUniverseFile, type UniverseFile } from '@daytrade/market-data';
import { addBytesRoute, addRoute, type Service } from '@daytrade/service';
import type { ShareCountRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from '../dependencies.ts';

export function addUniverseRoutes(service: Service, { stores, clock }: DataServiceDependencies): void {
  addRoute(service, routes.universe, async ({ query: { universe, on = japanDate(clock.now()) } }) =>
    universeMembers(stores, universe, on),
  );

  addRoute(service, routes.symbolHistory, async ({ params }) => symbolHistory(stores, parseSymbol(params.symbol)));

  addBytesRoute(service, routes.importUniverse, 'a CSV file', async ({ query }, bytes) =>
    importUniverse(stores, { file: query.file, bytes, dryRun: query.dryRun === 'true' }),
  );
}

type Stores = Pick<DataServiceDependencies['stores'], 'symbols' | 'shareCounts' | 'universe'>;

async function universeMembers(
  { symbols, shareCounts, universe: store }: Stores,
  universe: UniverseName,
  on: TradeDate,
): Promise<UniverseMembers> {
  const record = await store.read();
  const stored = new Map(realOf(await symbols.list()).map((entry) => [entry.symbol, entry]));
  const reported = await shareCounts.asOf(on);
  const members = [...spansOf(record, universe)].flatMap(([symbol, spans]) => {
    const span = spans.find((one) => isWithin([one], on));
    return span === undefined ? [] : [{ symbol, from: span.from, to: span.to }];
  });
  members.sort((one, other) => compareText(one.symbol, other.symbol));
  return {
    universe,
    on,
    knownFrom: knownFrom(record, universe) ?? null,
    listOf: record.observed.findLast((day) => day <= on) ?? null,
    symbols: members.map(({ symbol, from, to }) => ({
      symbol,
      name: stored.get(symbol)?.name ?? null,
      from,
      to,
      bars: stored.get(symbol)?.bars ?? 0,
      shares: reported.get(symbol)?.shares ?? null,
    })),
  };
}

/** All that is known of a symbol by date; nothing but empty lists of one that is not known at all. */
async function symbolHistory({ symbols, shareCounts, universe }: Stores, symbol: SymbolCode): Promise<SymbolHistory> {
  const { spans, successions } = await universe.read();
  const [info] = realOf([await symbols.find(symbol)].filter((found) => found !== undefined));
  return {
    symbol,
    name: info?.name ?? null,
    spans: spans
      .filter((span) => span.symbol === symbol)
      .map(({ universe: set, from, to, reason, source }) => ({ universe: set, from, to, reason, source })),
    became: successions.filter((one) => one.symbol === symbol),
    was: successions.filter(({ successor }) => successor === symbol),
    shares: (await shareCounts.of(symbol)).map(({ date, periodEnd, shares, source }) => {
      return { date, periodEnd, shares, source };
    }),
    bars: info === undefined ? null : { bars: info.bars, firstDate: info.firstDate, lastDate: info.lastDate },
  };
}

/** The record is of real codes, which the synthetic exchange may use for companies of its own. */
function realOf<Entry extends { readonly synthetic: boolean; readonly bars: number }>(
  entries: readonly Entry[],
): readonly Entry[] {
  return entries.filter(({ synthetic, bars }) => !synthetic && bars > 0);
}

/** A file of listings, and whether it is only to be judged. */
interface UniverseFileImport {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
}

/**
 * Takes a file of listings into the record, all of it or, with a bad row, nothing.
 *
 * @throws DayTradeError `data.file-unreadable`
 */
async function importUniverse(
  { universe, shareCounts }: Pick<DataServiceDependencies['stores'], 'universe' | 'shareCounts'>,
  { file, bytes, dryRun }: UniverseFileImport,
): Promise<UniverseImport> {
  const read = await readUniverseFile(bytes, file);
  const counts = read.shares.map(countOf);
  const known = new Set<string>();
  for (const symbol of new Set(counts.map((count) => count.symbol))) {
    for (const count of await shareCounts.of(symbol)) known.add(JSON.stringify(inOrder(count)));
  }
  const written = !dryRun && read.faults.length === 0;
  const before = await universe.read();
  const difference = compared(before, withImported(before, read));
  if (written) {
    await shareCounts.upsertMany(counts);
    await universe.change((record) => withImported(record, read));
  }
  const sharesThere = counts.filter((count) => known.has(JSON.stringify(inOrder(count)))).length;
  return {
    file,
    dryRun,
    written,
    rows: read.rows,
    added: difference.added + counts.length - sharesThere,
    unchanged: difference.unchanged + sharesThere,
    removed: difference.removed,
    faults: read.faults.map(({ line, message }) => ({ line, message: `${file} line ${line}: ${message}` })),
  };
}

/** A record with the rows of a file in the place of what was imported of the same symbols and sets before. */
function withImported(record: UniverseRecord, { spans, successions }: UniverseFile): UniverseRecord {
  const sets = new Set(spans.map(setOf));
  const old = new Set<string>(successions.map(({ symbol }) => symbol));
  const keptSpans = record.spans.filter((span) => span.source !== importedSource || !sets.has(setOf(span)));
  const keptSuccessions = record.successions.filter(({ symbol }) => !old.has(symbol));
  return {
    ...record,
    spans: [...keptSpans, ...spans.map(withoutLine)].sort(byText),
    successions: [...keptSuccessions, ...successions.map(withoutLine)].sort(byText),
  };
}

function setOf({ symbol, universe }: Pick<MemberSpan, 'symbol' | 'universe'>): string {
  return `${symbol} ${universe}`;
}

function withoutLine<Row extends MemberSpan | Succession>({ line: _line, ...row }: Row & { readonly line: number }) {
  return row as unknown as Row;
}

function byText(one: object, other: object): number {
  return compareText(textOf(one), textOf(other));
}

/** The same for equal rows, whatever order their fields have. */
function textOf(row: object): string {
  return JSON.stringify(Object.entries(row).sort(([one], [other]) => compareText(one, other)));
}

function compared(before: UniverseRecord, after: UniverseRecord) {
  const textsOf = ({ spans, successions }: UniverseRecord) => {
    const imported = spans.filter(({ source }) => source === importedSource);
    return new Set([...imported, ...successions].map(textOf));
  };
  const [old, now] = [textsOf(before), textsOf(after)];
  const added = [...now].filter((text) => !old.has(text)).length;
  return { added, removed: [...old].filter((text) => !now.has(text)).length, unchanged: now.size - added };
}

/** From the day itself on: no split since then is unknown to it. */
function countOf({ symbol, date, shares }: UniverseFile['shares'][number]): ShareCountRecord {
  return { symbol, date, periodEnd: date, shares, source: importedSource };
}

function inOrder({ symbol, date, periodEnd, shares, source }: ShareCountRecord) {
  return [symbol, date, periodEnd, shares, source];
}
