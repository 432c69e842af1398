import { DayTradeError } from '@daytrade/errors';
import { Account } from '../account/account.ts';
import { signOf } from '../rules/order.ts';
import type { Known } from './feed.ts';
import type { PaperBook } from './paper-book.ts';

/**
 * The account of a book, made of its log from the first event on, so that it is the same to the last digit.
 *
 * @param symbols codes of the panel whose places the account has
 * @throws DayTradeError `data.symbol-unknown` where it holds a symbol that the panel does not have
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
  let sessions = 0;
  for (const event of book.events) {
    if (event.kind === 'decided') {
      sessions += 1;
      account.startSession(sessions);
      if (event.nightCost !== 0) account.pay(event.nightCost);
    } else if (event.kind === 'filled') {
      account.apply(placeOf(event.symbol), signOf(event.side) * event.shares, event.price);
      account.pay(event.cost);
    } else if (event.kind === 'closed') {
      for (const [code, price] of Object.entries(event.marks)) account.mark(placeOf(code), price);
    }
  }
  const missing = heldBeside(book, symbols);
  if (missing.length === 0) return account;
  throw new DayTradeError('data.symbol-unknown', `the paper book holds ${missing.join(', ')}, which has no bars now`, {
    details: { unknown: missing },
  });
}

/** Whether the bars are not those that a book trades on: of the other exchange, or without a symbol that it holds. */
export function hasOtherBars(book: PaperBook, { panel, synthetic }: Pick<Known, 'panel' | 'synthetic'>): boolean {
  const codes = panel.symbols.map(({ symbol }) => symbol);
  return synthetic !== book.settings!.synthetic || heldBeside(book, codes).length > 0;
}

/** Codes of what a book holds beside some symbols. */
function heldBeside({ events }: PaperBook, symbols: readonly string[]): readonly string[] {
  const shares = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== 'filled') continue;
    shares.set(event.symbol, (shares.get(event.symbol) ?? 0) + signOf(event.side) * event.shares);
  }
  const known = new Set(symbols);
  return Array.from(shares).flatMap(([symbol, held]) => (held === 0 || known.has(symbol) ? [] : [symbol]));
}
