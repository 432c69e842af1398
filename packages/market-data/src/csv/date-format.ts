import type { DateFormat } from '@daytrade/contracts';
import { isoDate, readingsOf } from './bar-moment.ts';

/** As many days of a closed market, and a tenth of all, say that dates were not meant so. */
const fewClosedDays = 5;

/**
 * The one format in which every date of a file exists, where its dates need one: of several that one which puts them on
 * days of an open market. Undefined where the dates need none, and where more than one is left.
 *
 * @param isOpen whether there was a session on a day, as YYYY-MM-DD
 */
export function dateFormatOf(
  texts: Iterable<string>,
  isOpen: (date: string) => boolean = () => true,
): DateFormat | undefined {
  /** Days of a closed market by each format that fits all rows so far. */
  let closedDays: Map<DateFormat, number> | undefined;
  let rows = 0;
  for (const text of texts) {
    const found = readingsOf(text);
    // Nearly every file names the year first, which its first row shows.
    if (found.size === 0 && closedDays === undefined) return undefined;
    if (found.size === 0) continue;
    rows += 1;
    closedDays ??= new Map(Array.from(found.keys(), (format) => [format, 0]));
    for (const [format, closed] of closedDays) {
      const reading = found.get(format);
      if (reading === undefined) closedDays.delete(format);
      else if (!isOpen(isoDate(reading))) closedDays.set(format, closed + 1);
    }
  }
  const formats = [...(closedDays ?? [])];
  const plausible = formats.filter(([, closed]) => closed < fewClosedDays || closed < rows / 10);
  const [only] = formats.length === 1 ? formats : plausible.length === 1 ? plausible : [];
  return only?.[0];
}
