import { DayTradeError } from '@daytrade/errors';
import { Account, signOf } from '@daytrade/trading';
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
  const missing = [...account.held].filter((place) => place >= symbols.length).map((place) => codes[place]!);
  if (missing.length === 0) return account;
  throw new DayTradeError('data.symbol-unknown', `the paper book holds ${missing.join(', ')}, which has no bars now`, {
    details: { unknown: missing },
  });
}
