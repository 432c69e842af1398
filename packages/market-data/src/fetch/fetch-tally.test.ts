import type { FileForm } from '@daytrade/contracts';
import { parseSymbol } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { BarProvider } from '../provider.ts';
import { inspectBars } from '../quality/inspect-bars.ts';
import { masterOf } from '../symbols/symbol-table.ts';
import { FetchTally } from './fetch-tally.ts';
import { judgedRows } from './judge-sources.ts';
import type { MergedBars } from './ports.ts';
import { sourceRows } from './source-rows.fixture.ts';

type Rows = ReturnType<typeof sourceRows>;
const none: MergedBars = { added: 0, changed: 0, unchanged: 0, bars: 0, firstDate: null, lastDate: null };
const now = Date.parse('2025-06-02T00:00:00Z');

function tally(more: Partial<Pick<BarProvider, 'incremental' | 'synthetic'>> = {}) {
  const counts = new FetchTally({ name: 'csv', synthetic: false, ...more }, { skipped: [], notes: ['a note'] });
  const add = (rows: Rows, merged: Partial<MergedBars> = {}) =>
    counts.add(judgedRows(rows), inspectBars(rows, now), { ...none, ...merged });
  return { counts, add };
}

const form = (header: string): FileForm =>
  ({
    separator: 'commas',
    header,
    dates: [],
    volumeUnit: 1,
    packing: 'none',
    encoding: 'UTF-8',
  }) as unknown as FileForm;
const malformed = (reason: 'gap' | 'date-invalid', line = 9) => {
  return { line, date: '', reason, message: `fault in line ${line}`, row: '' };
};
const refusal = (index: number) => ({ file: `${index}.csv`, message: `${index} is refused` });

describe('the counts of a fetch', () => {
  it('are sums over the files, and symbols those with a bar', () => {
    const { counts, add } = tally({ synthetic: true });
    add(sourceRows('7203', { malformed: [malformed('date-invalid')], rowsWithoutTrade: 2, form: form('a') }), {
      added: 1,
      changed: 2,
      unchanged: 4,
    });
    const early = Float64Array.of(8, 8.1, 8.2).map(
      (hour) => Date.parse('2024-01-04T00:00:00+09:00') + hour * 3_600_000,
    );
    const minutes = sourceRows('7203', {
      interval: '5m',
      file: 'minutes',
      times: early,
      form: form('a'),
    });
    add(minutes, { added: 8, changed: 16, unchanged: 32 });
    add(sourceRows('6501', { form: form('a') }), { unchanged: 1 });
    add(sourceRows('8306', { form: form('b') }));
    counts.refuse(refusal(1));
    counts.note('another note');
    const { readAs, ...result } = counts.result(12.5);
    expect(result).toEqual({
      provider: 'csv',
      synthetic: true,
      files: 5,
      filesRefused: [refusal(1)],
      filesSkipped: [],
      symbols: 2,
      symbolsMended: [],
      dryRun: false,
      keptOut: [
        { reason: 'date-invalid', rows: 1, first: '7203.csv line 9: fault in line 9' },
        { reason: 'outside-session', rows: 3, first: expect.stringMatching(/^minutes line 2: /) },
      ],
      notes: ['a note', 'another note'],
      rowsRead: 3 + 1 + 2 + 3 + 3 + 3,
      barsAdded: 9,
      barsChanged: 18,
      intradayBars: 24,
      barsUnchanged: 37,
      rowsQuarantined: 4,
      rowsWithoutTrade: 2,
      warnings: 0,
      seconds: 12.5,
    });
    expect(readAs.map(({ header, interval, files, symbols }) => [header, interval, files, symbols])).toEqual([
      ['a', '1d', ['7203.csv', '6501.csv'], 2],
      ['a', '5m', ['minutes'], 1],
      ['b', '1d', ['8306.csv'], 1],
    ]);
  });

  it('have warnings apart from rows that were kept out, of several files together', () => {
    const { counts, add } = tally();
    const gap = sourceRows('7203', { times: Float64Array.of(19_726, 19_746) }, 2);
    add(gap, { added: 2 });
    add({ ...gap, file: 'other.csv', malformed: [malformed('date-invalid', 7)] }, { added: 2 });
    add({ ...gap, malformed: [malformed('date-invalid'), malformed('date-invalid')] }, { added: 2 });
    expect(counts.result(0)).toMatchObject({
      warnings: 3,
      rowsQuarantined: 3,
      keptOut: [{ reason: 'date-invalid', rows: 3, first: 'other.csv line 7: fault in line 7' }],
    });
  });

  it.each([
    [1, '1 symbol has no name; save the list of issues'],
    [2, '2 symbols have no name; save the list of issues'],
  ])('have a note of %d symbols without a name', (symbols, note) => {
    const { counts, add } = tally();
    for (const code of ['999A', '999C'].slice(0, symbols)) {
      add(sourceRows(code, { master: masterOf(parseSymbol(code)) }), { added: 1 });
    }
    expect(counts.result(0).notes).toEqual(['a note', expect.stringContaining(note)]);
  });
});

describe('a fetch without a bar', () => {
  const failure = (counts: FetchTally) => {
    try {
      return counts.result(0);
    } catch (error) {
      return error;
    }
  };

  it('is up to date where only what is new was asked for, and nothing was wrong', () => {
    const upToDate = tally({ incremental: true });
    expect(failure(upToDate.counts)).toMatchObject({ symbols: 0, files: 0 });
    upToDate.add(sourceRows('7203', { malformed: [malformed('gap')] }, 0));
    expect(failure(upToDate.counts)).toMatchObject({ symbols: 0, rowsQuarantined: 1 });
    upToDate.add(sourceRows('7203', { malformed: [malformed('date-invalid')] }, 0));
    expect(failure(upToDate.counts)).toMatchObject({ code: 'data.no-usable-rows' });
    const refused = tally({ incremental: true });
    refused.counts.refuse({ ...refusal(1), code: 'data.provider-refused' });
    expect(failure(refused.counts)).toMatchObject({ code: 'data.provider-refused', message: '1 is refused' });
    expect(failure(tally().counts)).toMatchObject({
      code: 'data.no-usable-rows',
      message: 'none of the 0 rows is a good bar',
    });
  });

  it.each([
    [1, '1 is refused'],
    [5, '1 is refused; 2 is refused; 3 is refused; 4 is refused; 5 is refused'],
    [6, '1 is refused; 2 is refused; 3 is refused; 4 is refused; 5 is refused; and 1 more'],
    [120, '1 is refused; 2 is refused; 3 is refused; 4 is refused; 5 is refused; and 115 more'],
  ])('of %d refused files names five', (count, message) => {
    const { counts } = tally();
    const refusals = Array.from({ length: count }, (_, index) => refusal(index + 1));
    for (const each of refusals) counts.refuse(each);
    const details = { filesRefused: refusals.slice(0, 100), files: count };
    expect(failure(counts)).toMatchObject({ code: 'data.file-unreadable', message, details });
  });

  it('fails with the first code that a refused file has', () => {
    const { counts } = tally();
    counts.refuse({ ...refusal(1), code: 'data.symbol-unknown' });
    counts.refuse({ ...refusal(2), code: 'data.provider-refused' });
    expect(failure(counts)).toMatchObject({ code: 'data.symbol-unknown' });
  });

  it('says why its rows were kept out, with a remedy where there is one, and what was refused', () => {
    const { counts, add } = tally();
    const rows = sourceRows('7203', {}, 2);
    add({ ...rows, high: Float64Array.of(900, 900), malformed: [malformed('date-invalid')] });
    counts.refuse(refusal(1));
    expect(failure(counts)).toMatchObject({
      code: 'data.no-usable-rows',
      message: expect.stringMatching(
        /^none of the 3 rows is a good bar; high-below-low 2, the first in 7203\.csv line 2: .* refused: 1 is refused$/,
      ),
    });
    expect(failure(counts)).toMatchObject({
      message: expect.stringMatching(
        /; are the columns of high and low swapped\?; date-invalid 1, the first in [^?]*$/,
      ),
    });
  });
});
