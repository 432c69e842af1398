import { parseSymbol } from '@daytrade/market';
import { expect, it } from 'vitest';
import { parseBarFile } from '../providers/csv/bar-file.ts';
import { inspectBars } from '../quality/inspect-bars.ts';
import { JudgedSources, judgedRows } from './judge-sources.ts';

/** A source with a thousand rows of one price. */
function judged(price: string) {
  const symbol = parseSymbol('7203');
  const rows = Array.from({ length: 1000 }, () => `2024-01-04,${price},${price},${price},${price},100`);
  const { form: _, ...parsed } = parseBarFile(['date,open,high,low,close,volume', ...rows].join('\n'), '7203.csv');
  const name = { symbol, name: '', sector: null, sizeGroup: 'large', tickTable: 'topix500', lot: 100 } as const;
  const master = { ...name, synthetic: false, sharesOutstanding: null };
  const source = { ...parsed, master, file: '7203.csv', priceBasis: 'traded' } as const;
  const inspection = inspectBars(source, Date.parse('2026-11-27T00:00:00Z'));
  return { source: { symbol, file: '7203.csv' }, rows: judgedRows(source), inspection, stored: undefined };
}

it.each(['1000', 'x'])('are full once they hold many rows, of which none has to be one: price %s', (price) => {
  const sources = new JudgedSources();
  const each = judged(price);
  let added = 0;
  for (; !sources.isFull; added += 1) sources.add(each);
  expect(added).toBeLessThanOrEqual(2500);
  expect(sources.take()).toHaveLength(added);
  expect(sources.isFull).toBe(false);
});
