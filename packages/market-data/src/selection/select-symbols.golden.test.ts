import { readFileSync } from 'node:fs';
import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { defaultCriteria } from './options.ts';
import { type SelectionCandidate, selectSymbols } from './select-symbols.ts';

type Column = readonly (number | null)[];

interface Golden {
  readonly made_by: string;
  readonly days: readonly string[];
  readonly count: number;
  readonly symbols: readonly {
    readonly symbol: string;
    readonly sector: string | null;
    readonly sizeGroup: string | null;
    readonly capitalisation: number | null;
    readonly close: Column;
    readonly volume: Column;
  }[];
  readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly meets: readonly string[];
  readonly cases: readonly {
    readonly previous?: readonly string[];
    readonly buffer?: number;
    readonly per_sector?: number;
    readonly most_correlated?: number;
    readonly picked: readonly string[];
  }[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../../oracles/selection.golden.json', import.meta.url), 'utf8'),
);

const pool: readonly SelectionCandidate[] = golden.symbols.map(({ symbol, sector, sizeGroup, ...rest }) => {
  const kept = golden.days.flatMap((_, t) => (rest.close[t] === null ? [] : [t]));
  const column = (values: Column) => Float64Array.from(kept, (t) => values[t]!);
  const close = column(rest.close);
  const days = Int32Array.from(kept, (t) => dayNumber(parseTradeDate(golden.days[t]!)));
  return {
    info: { symbol: parseSymbol(symbol), name: symbol, sector, sizeGroup, synthetic: false },
    bars: { days, open: close, high: close, low: close, close, volume: column(rest.volume) },
    marketCapitalisationYen: rest.capitalisation ?? undefined,
  };
});

const asOf = parseTradeDate(golden.days.at(-1)!);
const previousOf = (codes: readonly string[] | undefined) =>
  codes && { asOf: parseTradeDate(golden.days.at(-2)!), symbols: codes.map((symbol) => ({ symbol, name: symbol })) };

describe(`selections against ${golden.made_by}`, () => {
  it('has the same scores of every symbol, and the same ones meet the criteria', () => {
    const { symbols, rejected } = selectSymbols(pool, defaultCriteria, { count: pool.length, asOf });
    expect(symbols.map(({ symbol }) => symbol).sort()).toEqual([...golden.meets].sort());
    const scores = new Map([...symbols, ...rejected].map((one) => [one.symbol, one.score]));
    for (const [symbol, score] of scores) {
      const expected = golden.scores[symbol]?.score;
      if (expected === undefined) expect(score, symbol).toBeNull();
      else expect(Math.abs(score! - expected), symbol).toBeLessThanOrEqual(1e-9);
    }
    for (const { symbol, components } of symbols) {
      const expected = golden.scores[symbol]!;
      const { liquidity, volatility, volumeConsistency, marketCapitalisation } = components;
      expect(Math.abs(liquidity.score - expected.liquidity!), symbol).toBeLessThanOrEqual(1e-9);
      expect(Math.abs(volatility.score - expected.volatility!), symbol).toBeLessThanOrEqual(1e-9);
      expect(Math.abs(volumeConsistency.score - expected.consistency!), symbol).toBeLessThanOrEqual(1e-9);
      expect(Math.abs(marketCapitalisation.score - expected.capitalisation!), symbol).toBeLessThanOrEqual(1e-9);
    }
  });

  it.each(golden.cases.map(({ picked, ...limits }) => [JSON.stringify(limits), limits, picked] as const))(
    'picks the same symbols with %s, and the same again',
    (_, limits, picked) => {
      const options = {
        count: golden.count,
        asOf,
        buffer: limits.buffer,
        mostPerSector: limits.per_sector,
        maximumCorrelation: limits.most_correlated,
        previous: previousOf(limits.previous),
      };
      const selection = selectSymbols(pool, defaultCriteria, options);
      expect(selection.symbols.map(({ symbol }) => symbol)).toEqual(picked);
      expect(selectSymbols(pool.toReversed(), defaultCriteria, options)).toEqual(selection);
      const explained = [
        ...selection.symbols.map(({ reason }) => reason),
        ...selection.rejected.flatMap((one) => one.reasons),
      ];
      expect(explained.every((reason) => reason.length > 0)).toBe(true);
      expect(selection.symbols.length + selection.rejected.length).toBe(pool.length);
    },
  );
});
