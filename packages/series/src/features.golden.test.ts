import { readFileSync } from 'node:fs';
import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { buildPanel } from './build-panel.ts';
import { featureDefinitions } from './feature-catalogue.ts';
import { barValues } from './panel.ts';
import { unroundedFeatures } from './testing/unrounded-features.ts';

type Column = readonly (number | null)[];

interface Golden {
  readonly made_by: string;
  readonly days: readonly string[];
  readonly bars: readonly Record<'open' | 'high' | 'low' | 'close' | 'volume', Column>[];
  readonly rows: readonly number[];
  readonly features: Readonly<Record<string, readonly Column[]>>;
}

const golden: Golden = JSON.parse(readFileSync(new URL('../oracles/features.golden.json', import.meta.url), 'utf8'));

/** The bars of the oracle: a symbol's missing sessions are left out of its columns, as the bar store has them. */
const panel = buildPanel(
  golden.bars.map((columns, s) => {
    const kept = golden.days.flatMap((_, t) => (columns.close[t] === null ? [] : [t]));
    const column = (name: keyof typeof columns) => Float64Array.from(kept, (t) => columns[name][t]!);
    return {
      symbol: { symbol: parseSymbol(`010${s + 1}`), tickTable: 'standard', priceBasis: 'fully-adjusted' },
      bars: {
        days: Int32Array.from(kept, (t) => dayNumber(parseTradeDate(golden.days[t]!))),
        ...barValues(column),
      },
    };
  }),
);

const matrix = unroundedFeatures(panel);

describe(`features against ${golden.made_by}`, () => {
  it.each(featureDefinitions.map(({ name }, column) => [name, column] as const))('%s', (name, column) => {
    for (const [i, t] of golden.rows.entries()) {
      for (const [s, expected] of golden.features[name]![i]!.entries()) {
        const actual = matrix.values[column * matrix.rows + t * panel.symbols.length + s]!;
        const where = `session ${golden.days[t]}, symbol ${s}`;
        if (expected === null) expect(actual, where).toBeNaN();
        else expect(Math.abs(actual - expected), where).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, Math.abs(expected)));
      }
    }
  });
});
