import { dateOfDayNumber, instantOf, parseTradeDate } from '@daytrade/market';
import { createSyntheticExchange } from '../providers/synthetic/synthetic-exchange.ts';
import type { Answers, ReplayReply } from './replay-server.ts';

/** A split of a symbol: shares after it for one before. */
export interface StandInSplit {
  readonly symbol: string;
  readonly date: string;
  readonly shares: number;
}

export interface YahooStandInOptions {
  /** How many symbols there are, from 0101 on. */
  readonly symbols: number;
  readonly from: string;
  readonly to: string;
  /** Splits that are known: the prices of a symbol are those that it would have without one, divided by its shares. */
  readonly splits?: readonly StandInSplit[] | undefined;
}

const pathOfChart = /^\/v8\/finance\/chart\/(\w{4})\.T$/;

/** The chart of Yahoo Finance as far as it is used here, with made-up prices in the form of recorded replies. */
export function yahooStandIn({ symbols, from, to, splits = [] }: YahooStandInOptions): Answers {
  const start = parseTradeDate(from);
  const exchange = createSyntheticExchange({ seed: 1, symbols, start });
  const known = new Map(exchange.symbols.map(({ symbol }) => [String(symbol), symbol]));
  return ({ path, query }) => {
    const symbol = known.get(pathOfChart.exec(path)?.[1] ?? '');
    if (symbol === undefined) return problem(404, 'Not Found', 'No data found, symbol may be delisted');
    const bars = exchange.bars(symbol, start, parseTradeDate(to));
    const ofSymbol = splits.filter((split) => split.symbol === symbol);
    const shares = ofSymbol.reduce((product, split) => product * split.shares, 1);
    const rows = Array.from(bars.days, (day, index) => {
      const [open, high, low, close] = [bars.open, bars.high, bars.low, bars.close].map(
        (column) => column[index]! / shares,
      );
      return { second: secondOf(dateOfDayNumber(day)), open, high, low, close, volume: bars.volume[index]! * shares };
    }).filter(({ second }) => second >= Number(query.period1) && second < Number(query.period2));
    const column = (name: keyof (typeof rows)[number]) => rows.map((row) => row[name]);
    const result = {
      meta: { currency: 'JPY', symbol: `${symbol}.T`, longName: `Made-up ${symbol}`, dataGranularity: '1d' },
      timestamp: column('second'),
      ...eventsOf(ofSymbol, Number(query.period1)),
      indicators: {
        quote: [
          Object.fromEntries((['open', 'high', 'low', 'close', 'volume'] as const).map((name) => [name, column(name)])),
        ],
      },
    };
    return { body: JSON.stringify({ chart: { result: [result], error: null } }) };
  };
}

/** Bars of a day are stamped with its open. */
function secondOf(date: string): number {
  return instantOf(parseTradeDate(date), '09:00') / 1000;
}

function eventsOf(splits: readonly StandInSplit[], first: number) {
  const asked = splits.map((split) => ({ ...split, second: secondOf(split.date) })).filter((s) => s.second >= first);
  if (asked.length === 0) return {};
  const events = asked.map(({ second, shares }) => [second, { date: second, numerator: shares, denominator: 1 }]);
  return { events: { splits: Object.fromEntries(events) as unknown } };
}

function problem(status: number, code: string, description: string): ReplayReply {
  return { status, body: JSON.stringify({ chart: { result: null, error: { code, description } } }) };
}
