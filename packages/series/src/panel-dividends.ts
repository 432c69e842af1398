import {
  type DayNumber,
  dateOfDayNumber,
  dayNumber,
  exDayAYearLater,
  nextSession,
  type SymbolCode,
} from '@daytrade/market';
import { sharedArray } from './arrays.ts';
import type { Panel, PanelDividends, PanelSymbol, SessionIndex } from './panel.ts';

/** A split or a dividend of one symbol. */
export interface PriceChange {
  /** The first session of the new prices: the ex-day. */
  readonly day: DayNumber;
  /** When it was published. */
  readonly knownOn: DayNumber;
  readonly kind: 'split' | 'dividend';
  /** Splits: the factor on earlier prices, 0.2 for five shares for one. Dividends: yen a share. */
  readonly value: number;
  /** The source: a dividend is in the prices of its source, which its splits may have adjusted. */
  readonly source?: string | undefined;
}

/** A dividend as one publication has it, in the prices of the panel on the session before its ex-day. */
interface Word {
  readonly exDay: DayNumber;
  readonly knownOn: DayNumber;
  readonly yen: number;
}

/**
 * Puts the dividends of its symbols on the axis of a panel: what was paid on a session, and what was expected at the
 * close of a session for the next one.
 *
 * Expected is the newest word that was published by then. Without a forecast it is the dividend of the same ex-day a
 * year before, since companies in Japan keep their record dates and seldom cut dividends. Nothing that was published
 * after a session has any effect on what is expected there.
 *
 * Prices that are adjusted for dividends have none left.
 */
export function panelDividends(
  panel: Omit<Panel, 'dividends'>,
  changes: ReadonlyMap<SymbolCode, readonly PriceChange[]>,
): PanelDividends {
  return dividendColumns(dividendsOf(panel, changes), 0, panel);
}

/** A dividend of one symbol at one session, in yen and in the prices of the panel. */
export interface SessionDividend {
  readonly column: keyof PanelDividends;
  readonly session: SessionIndex;
  /** Its place among the symbols. */
  readonly symbol: number;
  readonly yen: number;
}

/** The dividends of {@link panelDividends}, without the sessions that have none. */
export function dividendsOf(
  { symbols, days }: Pick<Panel, 'symbols' | 'days'>,
  changes: ReadonlyMap<SymbolCode, readonly PriceChange[]>,
): readonly SessionDividend[] {
  const last = days.at(-1);
  if (last === undefined) return [];
  const found: SessionDividend[] = [];
  const sessions = new Map<DayNumber, number>(Array.from(days, (day, t) => [day, t]));
  sessions.set(dayNumber(nextSession(dateOfDayNumber(last))), days.length);
  for (const [s, symbol] of symbols.entries()) {
    const words = wordsOf(symbol, changes.get(symbol.symbol) ?? []);
    for (const [exDay, ofDay] of words) {
      const t = sessions.get(exDay);
      if (t === undefined || t >= days.length) continue;
      found.push({ column: 'paid', session: t, symbol: s, yen: ofDay.at(-1)!.yen });
    }
    for (const [exDay, t] of expectableDays(words, sessions)) {
      const yen = expectedOn(exDay, days[t - 1]!, words);
      found.push({ column: 'expected', session: t - 1, symbol: s, yen });
    }
  }
  return found;
}

/**
 * Dividends on the axis of a panel.
 *
 * @param first where its axis begins on the one that their sessions are of; those before are left out
 */
export function dividendColumns(
  dividends: readonly SessionDividend[],
  first: SessionIndex,
  { symbols, close }: Pick<Panel, 'symbols' | 'close'>,
): PanelDividends {
  const columns = { paid: sharedArray(close.length), expected: sharedArray(close.length) };
  for (const { column, session, symbol, yen } of dividends) {
    if (session >= first) columns[column][(session - first) * symbols.length + symbol] = yen;
  }
  return columns;
}

/** The words of each ex-day, in the order in which they were published. */
type WordsByDay = ReadonlyMap<DayNumber, readonly Word[]>;

function wordsOf({ priceBasis }: PanelSymbol, changes: readonly PriceChange[]): WordsByDay {
  const byDay = new Map<DayNumber, Word[]>();
  if (priceBasis === 'fully-adjusted') return byDay;
  for (const change of changes.toSorted((one, other) => one.knownOn - other.knownOn)) {
    if (change.kind !== 'dividend') continue;
    const factor = priceBasis === 'traded' ? 1 : laterSplits(change, changes);
    const word = { exDay: change.day, knownOn: change.knownOn, yen: change.value * factor };
    const words = byDay.get(change.day);
    if (words === undefined) byDay.set(change.day, [word]);
    else words.push(word);
  }
  return byDay;
}

/** The factor by which splits of the same source adjusted prices before the ex-day. */
function laterSplits({ day, source }: PriceChange, changes: readonly PriceChange[]): number {
  return changes
    .filter((change) => change.kind === 'split' && change.day >= day && change.source === source)
    .reduce((product, { value }) => product * value, 1);
}

/** The ex-days on the axis, of which something may be expected at the session before, with their places. */
function expectableDays(words: WordsByDay, sessions: ReadonlyMap<DayNumber, number>): ReadonlyMap<DayNumber, number> {
  const days = new Map<DayNumber, number>();
  for (const exDay of [...words.keys()].flatMap((day) => [day, aYearLater(day) ?? day])) {
    const t = sessions.get(exDay);
    if (t !== undefined && t > 0) days.set(exDay, t);
  }
  return days;
}

function expectedOn(exDay: DayNumber, today: DayNumber, words: WordsByDay): number {
  const published = words.get(exDay)?.findLast(({ knownOn }) => knownOn <= today);
  if (published !== undefined) return published.yen;
  const before = [...words].find(([day]) => aYearLater(day) === exDay)?.[1];
  return before?.findLast(({ knownOn }) => knownOn <= today)?.yen ?? 0;
}

const oneYearLater = new Map<DayNumber, DayNumber | undefined>();

function aYearLater(exDay: DayNumber): DayNumber | undefined {
  if (!oneYearLater.has(exDay)) {
    const later = exDayAYearLater(dateOfDayNumber(exDay));
    oneYearLater.set(exDay, later && dayNumber(later));
  }
  return oneYearLater.get(exDay);
}
