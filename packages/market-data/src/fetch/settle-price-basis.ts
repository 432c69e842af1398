import type { SymbolInfo } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { addDays, dateOfDayNumber } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { type Inspection, inspectBarsInParts } from '../quality/inspect-bars.ts';
import { inTurns } from '../turns.ts';

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
export async function inspectForStored(
  rows: SourceRows,
  stored: SymbolInfo | undefined,
  now: number,
  listed?: number,
): Promise<Inspection> {
  const inspection = await inTurns(inspectBarsInParts(rows, now, listed));
  if (inspection.bars.interval !== '1d' || stored === undefined || stored.bars === 0) return inspection;
  if (inspection.priceBasis === stored.priceBasis) return inspection;
  const firstDay = inspection.bars.columns.days[0];
  // Without a good row nothing says what the prices are.
  if (firstDay === undefined) return inspection;
  const isUpdate = dateOfDayNumber(firstDay) >= addDays(stored.lastDate, -updateOverlapDays);
  if (rows.priceBasis === undefined && isUpdate && !inspection.judgedBasis.known) {
    return await inTurns(inspectBarsInParts({ ...rows, priceBasis: stored.priceBasis }, now, listed));
  }
  throw new DayTradeError(
    'data.file-unreadable',
    `${rows.file}: the prices are ${inspection.priceBasis}, but the bars of ${stored.symbol} from ` +
      `${stored.firstDate} to ${stored.lastDate} are ${stored.priceBasis}; one series cannot hold ` +
      'both: import into another state folder, or state the price basis with --basis if it was ' +
      `recognised wrongly: ${inspection.judgedBasis.reason}`,
    { details: { file: rows.file, priceBasis: inspection.priceBasis, stored: stored.priceBasis } },
  );
}
