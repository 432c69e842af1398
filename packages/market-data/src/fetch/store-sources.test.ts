import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { SourceRows } from '../provider.ts';
import { inspectBars } from '../quality/inspect-bars.ts';
import { type JudgedSource, judgedRows } from './judge-sources.ts';
import { MemorySinks } from './memory-sinks.fixture.ts';
import { sourceRows } from './source-rows.fixture.ts';
import { storeSources } from './store-sources.ts';

const started = Date.parse('2025-06-02T00:00:00Z');
const day = (date: string) => parseTradeDate(date);

function judged(code: string, more: Partial<SourceRows> = {}, count = 3): JudgedSource {
  const rows = sourceRows(code, more, count);
  const source = { symbol: rows.master.symbol, file: rows.file };
  return { source, rows: judgedRows(rows), inspection: inspectBars(rows, started), stored: undefined };
}
const begin = Date.parse('2024-01-04T09:00:00+09:00');
const minutes = (code: string) =>
  judged(code, { interval: '5m', times: Float64Array.of(begin, begin + 300_000, begin + 600_000) });
const malformed = [{ line: 9, date: '', reason: 'date-invalid' as const, message: 'a fault', row: '' }];
const store = (sinks: MemorySinks, sources: readonly JudgedSource[], incremental = false) =>
  storeSources(sinks, { name: 'csv', incremental }, sources, started);
const nothing = { added: 0, changed: 0, unchanged: 0, bars: 0, firstDate: null, lastDate: null };

describe('sources that are stored', () => {
  it('have what became of their bars in their order, daily and 5-minute ones, good and bad', async () => {
    const sinks = new MemorySinks();
    expect(await store(sinks, [])).toEqual([]);
    const bad = () => judged('7203', { malformed }, 0);
    expect(await store(sinks, [bad()])).toEqual([nothing]);
    const merged = { ...nothing, added: 3, bars: 3, firstDate: '2024-01-04' };
    expect(await store(sinks, [minutes('6501'), bad(), judged('8306'), judged('7267', {}, 2)])).toEqual([
      { ...merged, lastDate: '2024-01-04' },
      nothing,
      { ...merged, lastDate: '2024-01-09' },
      { ...merged, added: 2, bars: 2, lastDate: '2024-01-05' },
    ]);
    expect(
      [...sinks.records.values()].map(({ symbol, bars, firstDate, lastDate }) => [symbol, bars, firstDate, lastDate]),
    ).toEqual([
      ['6501', 0, '2024-01-04', '2024-01-04'],
      ['8306', 3, '2024-01-04', '2024-01-09'],
      ['7267', 2, '2024-01-04', '2024-01-05'],
    ]);
  });

  it('leave the record of a symbol alone where only 5-minute bars come', async () => {
    const sinks = new MemorySinks();
    await store(sinks, [judged('7203')]);
    const before = sinks.records.get('7203');
    await store(sinks, [minutes('7203')]);
    expect(sinks.records.get('7203')).toEqual(before);
    await store(sinks, [judged('7203', {}, 4)]);
    expect(sinks.records.get('7203')).toMatchObject({ bars: 4, lastDate: '2024-01-10' });
  });

  it.each([
    ['replace', false, 1],
    ['add to', true, 2],
  ])('%s what was kept out of their files before', async (_, incremental, count) => {
    const sinks = new MemorySinks();
    await store(sinks, [judged('7203', { malformed })], incremental);
    await store(sinks, [judged('7203', { malformed: [{ ...malformed[0]!, line: 10 }] })], incremental);
    expect(sinks.entries.get('7203 7203.csv')).toHaveLength(count);
    // A source without a good row never takes anything away.
    await store(sinks, [judged('7203', { malformed: [{ ...malformed[0]!, line: 11 }] }, 0)], incremental);
    expect(sinks.entries.get('7203 7203.csv')).toHaveLength(count + 1);
  });

  it('note up to which day they were asked for, with bars or without, unless a row was kept out', async () => {
    const sinks = new MemorySinks();
    const askedTo = () => sinks.records.get('7203')?.askedTo;
    await store(sinks, [judged('7203', { askedTo: day('2024-01-10') }, 0)]);
    expect(sinks.records.size).toBe(0);
    await store(sinks, [judged('7203', { askedTo: day('2024-01-10') })]);
    expect(askedTo()).toBe('2024-01-10');
    await store(sinks, [judged('7203', { askedTo: day('2024-01-11') }, 0)]);
    expect(askedTo()).toBe('2024-01-11');
    await store(sinks, [judged('7203', { askedTo: day('2024-01-12'), malformed }, 0)]);
    await store(sinks, [judged('7203', { askedTo: day('2024-01-12'), malformed })]);
    await store(sinks, [judged('7203', {}, 0)]);
    expect(askedTo()).toBe('2024-01-11');
  });

  it('have factors, shares and announcements of their symbol stored, with the instant of a plan', async () => {
    const sinks = new MemorySinks();
    const factor = {
      date: day('2024-01-05'),
      kind: 'split',
      value: 0.5,
      knownOn: day('2024-01-05'),
      source: 'x',
    } as const;
    const count = { date: day('2024-01-05'), periodEnd: day('2023-12-29'), shares: 7, source: 'x' };
    const announcement = { date: day('2024-02-06'), time: '13:00', source: 'x' };
    const published = {
      factors: [factor],
      shareCounts: [count],
      announcements: [
        { ...announcement, kind: 'made' as const },
        { ...announcement, kind: 'planned' as const },
        { ...announcement, date: day('2024-02-07'), kind: 'planned' as const, knownSince: 'then' },
      ],
    };
    await store(sinks, [judged('7203', published), judged('6501')]);
    expect([...sinks.storedFactors.values()]).toEqual([{ ...factor, symbol: '7203' }]);
    expect([...sinks.storedShareCounts.values()]).toEqual([{ ...count, symbol: '7203' }]);
    expect([...sinks.storedAnnouncements.values()].map(({ knownSince }) => knownSince)).toEqual([
      '2024-02-06T04:00:00.000Z',
      '2025-06-02T00:00:00.000Z',
      'then',
    ]);
  });

  it('hand on splits with adjusted prices alone', async () => {
    const sinks = new MemorySinks();
    const given: unknown[] = [];
    const mergeMany = sinks.bars.mergeMany.bind(sinks.bars);
    Object.assign(sinks.bars, {
      mergeMany: (...more: Parameters<typeof mergeMany>) => {
        given.push(...more[0].map(({ splits }) => splits), more[1]);
        return mergeMany(...more);
      },
    });
    const of = (kind: 'split' | 'dividend') => {
      return { date: day('2024-01-05'), kind, value: 0.5, knownOn: day('2024-01-05'), source: 'x' };
    };
    const factors = [of('split'), of('dividend')];
    const bases = ['split-adjusted', 'traded', 'fully-adjusted'] as const;
    await store(
      sinks,
      bases.map((priceBasis, index) => judged(String(7201 + index), { factors, priceBasis })),
    );
    expect(given).toEqual([[of('split')], [], [], { source: 'csv', fetchedAt: started }]);
  });
});
