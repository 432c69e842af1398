import type { BarGap, SymbolHealth } from '@daytrade/contracts';
import { dateOfDayNumber, dayNumber, sessionsBetween } from '@daytrade/market';
import { providers } from '../providers/providers.ts';
import { type QualityReason, qualityReasons } from '../quality/row-rules.ts';

type Facts = Omit<SymbolHealth, 'concerns'>;
type Concern = SymbolHealth['concerns'][number];

/** Reasons that every vendor's files have here and there, and that need no action. */
const noise = new Set<string>([
  'placeholder',
  'open-outside-range',
  'close-outside-range',
  'not-over-yet',
  'closed-day',
] satisfies QualityReason[]);

/** Returns what needs attention in the bars of a symbol, the worst first, each with its remedy. */
export function healthConcerns(health: Facts): Concern[] {
  const { symbol, damage, firstDate, lastDate, gaps, intraday, missingSessions, sessionsBehind } = health;
  const concerns: Concern[] = [];
  const again = (from: string | null) => refetch(health, from);
  if (damage !== null) concerns.push({ concern: 'damaged', message: damage, remedy: again(firstDate) });
  if (missingSessions > 0) concerns.push(gapsIn(gaps, missingSessions, 'bar', again));
  if (intraday !== null && intraday.missingSessions > 0) {
    concerns.push(gapsIn(intraday.gaps, intraday.missingSessions, '5-minute bar', again));
  }
  if (sessionsBehind > 0) {
    const message = `the newest bar is of ${lastDate}, ${sessionsInWords(sessionsBehind)} before that of other symbols`;
    const remedy = `${again(lastDate)}; if ${symbol} is not listed any more, nothing is to be done`;
    concerns.push({ concern: 'behind', message, remedy });
  }
  const wrong = health.keptOut.filter(({ reason }) => !noise.has(reason));
  if (wrong.length > 0) {
    const message = wrong.map(({ reason, rows }) => `${rows} × ${reason} (${meaningOf(reason)})`).join(', ');
    concerns.push({ concern: 'kept-out', message, remedy: `see: daytrade quarantine list --symbol ${symbol}` });
  }
  return concerns;
}

function gapsIn(gaps: Facts['gaps'], missing: number, bar: string, again: (from: string | null) => string): Concern {
  const longest = gaps.reduce((longer, gap) => (gap.sessions > longer.sessions ? gap : longer));
  const where = longest.from === longest.to ? longest.from : `${longest.from} to ${longest.to}`;
  const message = `${sessionsInWords(missing)} without a ${bar}, the longest gap ${where}`;
  return { concern: 'gaps', message, remedy: again(gaps[0]!.from) };
}

/** Returns the command that gets the bars again. It depends on their source. */
function refetch({ symbol, origins, synthetic }: Facts, from: string | null): string {
  const repair = from === null ? 'daytrade fetch' : `daytrade fetch --repair --symbols ${symbol} --from ${from}`;
  return synthetic ||
    origins.some(({ source }) => providers.some(({ name, incremental }) => incremental && name === source))
    ? `run: ${repair}`
    : `get the file of ${symbol} again and run: daytrade import FOLDER`;
}

function sessionsInWords(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`;
}

function meaningOf(reason: string): string {
  const meaning = Object.entries(qualityReasons).find(([name]) => name === reason)?.[1] ?? reason;
  return meaning.charAt(0).toLowerCase() + meaning.slice(1);
}

/** Sessions between the first and the last bar that have none. */
interface MissingBars {
  /** Runs of sessions that nothing explains, oldest first. */
  readonly gaps: readonly BarGap[];
  /** Sessions in the gaps. */
  readonly missing: number;
  /** Sessions without a bar that have an explanation. */
  readonly explained: number;
}

/**
 * Compares daily bars with the exchange's calendar.
 *
 * @param days of the bars, days since 1970, rising
 * @param explained days of rows that were kept out, or on which nothing is known to have been traded, YYYY-MM-DD
 */
export function missingBars(days: Int32Array, explained: ReadonlySet<string>): MissingBars {
  const found = { gaps: [] as BarGap[], missing: 0, explained: 0 };
  if (days.length === 0) return found;
  const present = new Set(days);
  let gap: BarGap | undefined;
  for (const date of sessionsBetween(dateOfDayNumber(days[0]!), dateOfDayNumber(days.at(-1)!))) {
    if (present.has(dayNumber(date))) gap = undefined;
    else if (explained.has(date)) found.explained += 1;
    else {
      found.missing += 1;
      if (gap === undefined) {
        gap = { from: date, to: date, sessions: 0 };
        found.gaps.push(gap);
      }
      gap.to = date;
      gap.sessions += 1;
    }
  }
  return found;
}
