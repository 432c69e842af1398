import type { PaperEvent } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, dayNumber, type TradeDate } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import { Account } from '../account/account.ts';
import type { BacktestData } from '../backtest/backtest-data.ts';
import { type Decision, decideSession } from '../backtest/simulate.ts';
import { simulationSettings } from '../backtest/simulation.ts';
import { signOf } from '../rules/order.ts';
import type { Strategy } from '../strategies/strategy.ts';
import type { Author } from './book-changes.ts';
import { positionsOf } from './book-state.ts';
import { PaperBook } from './paper-book.ts';
import type { KnownSession } from './session-data.ts';

/** Everything that a decision depends on: plain values, which cross into another process. */
export interface DecisionInput {
  readonly events: readonly PaperEvent[];
  readonly data: BacktestData;
  readonly t: SessionIndex;
}

/** The strategy of a book, in this process or in one of its own. */
export interface PaperRule {
  readonly needsForecasts: boolean;
  readonly decide: (input: DecisionInput) => Promise<Decision>;
}

/** Returns the rule of a strategy in this process. */
export function ruleOf(strategy: Strategy): PaperRule {
  return { needsForecasts: strategy.needsForecasts, decide: async (input) => decideInBook(strategy, input) };
}

/**
 * Asks a strategy for the orders of a session, with the account that the log of the book gives. Without a strategy the
 * book sends nothing but the broker's orders.
 */
export function decideInBook(strategy: Strategy | undefined, { events, data, t }: DecisionInput): Decision {
  const book = new PaperBook(events);
  const settings = book.settings!;
  const before = book.decisions.at(-1)?.session ?? undefined;
  const account = accountOf(
    book,
    data.panel.symbols.map(({ symbol }) => symbol),
  );
  const session = { data, t, account, settings: simulationSettings(settings), since: before && dayNumber(before) };
  return decideSession(session, strategy?.with(settings.parameters));
}

/**
 * Rebuilds the account of a book from its log, the same to the last digit each time.
 *
 * @param symbols codes of the panel, in the order of the account's indices
 * @throws DayTradeError `data.symbol-unknown` for a position whose symbol the panel lacks
 */
export function accountOf(book: PaperBook, symbols: readonly string[]): Account {
  const { account: kind, cash } = book.settings!;
  const codes = [...symbols];
  const places = new Map(codes.map((code, place) => [code, place]));
  const placeOf = (code: string): number => {
    const known = places.get(code) ?? codes.push(code) - 1;
    places.set(code, known);
    return known;
  };
  for (const event of book.events) if (event.kind === 'filled') placeOf(event.symbol);
  const account = new Account({ kind, cash, symbols: codes.length });
  for (const event of book.events) {
    if (event.kind === 'decided') {
      account.startSession();
      if (event.nightCost !== 0) account.pay(event.nightCost);
    } else if (event.kind === 'filled') {
      account.apply(placeOf(event.symbol), signOf(event.side) * event.shares, event.price);
      account.pay(event.cost);
    } else if (event.kind === 'split') {
      account.split(placeOf(event.symbol), event.ratio);
    } else if (event.kind === 'closed') {
      for (const [code, price] of Object.entries(event.marks)) account.mark(placeOf(code), price);
    }
  }
  const missing = positionsBeside(book, symbols);
  if (missing.length === 0) return account;
  throw new DayTradeError('data.symbol-unknown', `the paper book holds ${missing.join(', ')}, which has no bars now`, {
    details: { unknown: missing },
  });
}

/** Returns whether the bars in use are not the book's: of another exchange, or without a symbol that it holds. */
export function hasOtherBars(book: PaperBook, known: Pick<KnownSession, 'panel' | 'synthetic'>): boolean {
  const codes = known.panel.symbols.map(({ symbol }) => symbol);
  return known.synthetic !== book.settings!.synthetic || positionsBeside(book, codes).length > 0;
}

/** Returns the codes of open positions that are not among some symbols. */
function positionsBeside(book: PaperBook, symbols: readonly string[]): readonly string[] {
  const known = new Set(symbols);
  return positionsOf(book).flatMap(({ symbol }) => (known.has(symbol) ? [] : [symbol]));
}

/**
 * Restates held positions by the splits since the session before, as far as the log lacks them.
 *
 * @returns the book, and the events that were added to it
 */
export function restateBySplits(
  book: PaperBook,
  { splits = [] }: Pick<KnownSession, 'splits'>,
  session: TradeDate,
  author: Author,
): { readonly book: PaperBook; readonly added: readonly PaperEvent[] } {
  const before = book.decisions.findLast((decision) => decision.session !== session)?.session;
  if (before == null) return { book, added: [] };
  const held = new Set(positionsOf(book).map(({ symbol }) => symbol));
  const added = splits.flatMap(({ symbol, day, ratio }): PaperEvent[] => {
    const isNow = day > dayNumber(before) && day <= dayNumber(session) && held.has(symbol);
    const key = `${dateOfDayNumber(day)} split ${symbol}`;
    return isNow && !book.has(key) ? [{ key, session, order: null, ...author, kind: 'split', symbol, ratio }] : [];
  });
  return { book: added.length === 0 ? book : new PaperBook([...book.events, ...added]), added };
}
