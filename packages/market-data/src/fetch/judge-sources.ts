import type { SymbolInfo } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addDays, dateOfDayNumber } from '@daytrade/market';
import type { BarSource, SourceRows } from '../provider.ts';
import { type Inspection, inspectBars } from '../quality/inspect-bars.ts';

/** The parts of judged rows that are needed to store them. Rows and their text are dropped to save memory. */
export type JudgedRows = ReturnType<typeof judgedRows>;

export function judgedRows(rows: SourceRows) {
  const { master, interval, file, form, malformed, rowsWithoutTrade, askedTo, times } = rows;
  const { factors, shareCounts, announcements } = rows;
  const published = { factors, shareCounts, announcements };
  return { master, interval, file, form, malformed, rowsWithoutTrade, askedTo, ...published, count: times.length };
}

/** A source whose rows were read and judged, and what was known of its symbol before. */
export interface JudgedSource {
  readonly source: BarSource;
  readonly rows: JudgedRows;
  readonly inspection: Inspection;
  readonly stored: SymbolInfo | undefined;
}

/**
 * Most sources and rows of one store. Each store rewrites the files of all their years, so smaller ones take
 * longer, and larger ones only take memory.
 */
const mostSources = 5_000;
const mostRows = 2_500_000;

/** Returns true for as many sources and rows as are stored together at most. */
export function isFull(sources: readonly JudgedSource[]): boolean {
  const rows = sources.reduce((sum, { rows: { count }, inspection }) => sum + count + inspection.entries.length, 0);
  return sources.length >= mostSources || rows >= mostRows;
}

/** Days before the last stored bar from which on a file counts as an update. */
const updateOverlapDays = 31;

/**
 * Inspects rows that are to join the bars stored for their symbol. Bars of two price bases are never mixed: the step
 * between them would look like a return.
 *
 * An update of an adjusted series cannot be told from traded prices by the tick grid, since adjustment leaves the
 * newest prices as they were traded; rows that begin near the end of what is stored take its basis, unless they show
 * another one.
 *
 * @throws DayTradeError `data.file-unreadable` when the prices are of another basis than the stored ones
 */
export function inspectForStored(rows: SourceRows, stored: SymbolInfo | undefined, now: number): Inspection {
  const inspection = inspectBars(rows, now);
  if (inspection.bars.interval !== '1d' || stored === undefined || stored.bars === 0) return inspection;
  if (inspection.priceBasis === stored.priceBasis) return inspection;
  const firstDay = inspection.bars.columns.days[0];
  // Without a good row nothing says what the prices are.
  if (firstDay === undefined) return inspection;
  const isUpdate = dateOfDayNumber(firstDay) >= addDays(stored.lastDate, -updateOverlapDays);
  if (rows.priceBasis === undefined && isUpdate && !inspection.judgedBasis.known) {
    return inspectBars({ ...rows, priceBasis: stored.priceBasis }, now);
  }
  throw new DayTradeError(
    'data.file-unreadable',
    `${rows.file}: the prices are ${inspection.priceBasis}, but the bars of ${stored.symbol} from ` +
      `${stored.firstDate} to ${stored.lastDate} are ${stored.priceBasis}; one series cannot hold ` +
      'both: import into another state folder, or state the price basis with --basis if it was ' +
      `recognised wrongly: ${inspection.judgedBasis.reason}`,
  );
}
