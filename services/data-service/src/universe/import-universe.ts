import type { UniverseImport } from '@daytrade/contracts';
import { importedSource, type MemberSpan, type Succession, type UniverseRecord } from '@daytrade/market';
import { readUniverseFile, type UniverseFile } from '@daytrade/market-data';
import type { ShareCountRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from '../dependencies.ts';

/** A file of listings, and whether it is only to be judged. */
export interface UniverseFileImport {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
}

/**
 * Takes a file of listings into the record, all of it or, with a bad row, nothing.
 *
 * @throws DayTradeError `data.file-unreadable`
 */
export async function importUniverse(
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
  return textOf(one) < textOf(other) ? -1 : 1;
}

/** The same for equal rows, whatever order their fields have. */
function textOf(row: object): string {
  return JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
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
