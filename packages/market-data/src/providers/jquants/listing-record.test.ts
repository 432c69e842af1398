import {
  emptyUniverseRecord,
  type MemberSpan,
  parseSymbol,
  parseTradeDate,
  type UniverseRecord,
} from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { memoryUniverse } from '../memory-universe.fixture.ts';
import { endsOfListings, listingRecord } from './listing-record.ts';

const day = (date: string) => parseTradeDate(date);
const symbol = parseSymbol('7203');
const span = (from: string | null, to: string | null, more: Partial<MemberSpan> = {}): MemberSpan => ({
  symbol,
  universe: 'listed',
  from: from === null ? null : day(from),
  to: to === null ? null : day(to),
  reason: null,
  source: 'jquants',
  ...more,
});
const recordWith = (spans: readonly MemberSpan[], observed: readonly string[] = []): UniverseRecord => ({
  ...emptyUniverseRecord,
  spans,
  observed: observed.map(day),
});

describe('the end of a listing', () => {
  it.each<[string, UniverseRecord, unknown]>([
    ['is none without a span', recordWith([]), undefined],
    ['is none of a symbol that is listed', recordWith([span('2024-01-04', null)]), undefined],
    [
      'is certain up to the last list that had it',
      recordWith([span('2024-01-04', '2024-03-03')], ['2024-01-04', '2024-02-01', '2024-03-04']),
      { last: '2024-03-03', listedOn: '2024-02-01' },
    ],
    [
      'is certain up to its last day, where a list is of that day',
      recordWith([span('2024-01-04', '2024-03-03')], ['2024-01-04', '2024-03-03', '2024-03-04']),
      { last: '2024-03-03', listedOn: '2024-03-03' },
    ],
    [
      'is certain up to its last day, where a user brought it',
      recordWith([span('2024-01-04', '2024-03-03', { source: 'import' })], ['2024-02-01']),
      { last: '2024-03-03', listedOn: '2024-03-03' },
    ],
    [
      'is its last day where no list is known',
      recordWith([span('2024-01-04', '2024-03-03')], ['2024-03-04']),
      { last: '2024-03-03', listedOn: '2024-03-03' },
    ],
    [
      'is that of the last span',
      recordWith([span('2024-05-01', '2024-06-02'), span('2024-01-04', '2024-03-03')], ['2024-05-01']),
      { last: '2024-06-02', listedOn: '2024-05-01' },
    ],
    [
      'is none where the last span is open',
      recordWith([span(null, '2024-03-03'), span('2024-05-01', null)]),
      undefined,
    ],
  ])('%s', (_, record, expected) => {
    expect(endsOfListings(record)(symbol)).toEqual(expected);
  });

  it('is read anew once a list was taken in', async () => {
    const universe = memoryUniverse();
    const listings = listingRecord(universe, {}, { from: day('2024-01-04'), to: day('2024-06-28') });
    await listings.observe(day('2024-02-01'), new Map([[symbol, ['listed']]]));
    expect(await listings.endOf(symbol)).toBeUndefined();
    await listings.observe(day('2024-03-01'), new Map());
    expect(await listings.endOf(symbol)).toEqual({ last: '2024-02-29', listedOn: '2024-02-01' });
  });
});

describe('former members', () => {
  const range = { from: day('2024-03-01'), to: day('2024-06-28') };
  const former = (spans: readonly MemberSpan[], formerMembers: true | undefined) =>
    listingRecord(memoryUniverse(recordWith(spans)), { formerMembers }, range).former('topix500');
  const member = (from: string | null, to: string | null) => span(from, to, { universe: 'topix500' });

  it.each([
    [null, null, true],
    [null, '2024-02-29', false],
    [null, '2024-03-01', true],
    ['2024-06-28', null, true],
    ['2024-06-29', null, false],
    ['2024-04-01', '2024-04-30', true],
    ['2024-01-04', '2024-02-29', false],
  ])('are those of a requested day: from %s to %s: %s', async (from, to, isFormer) => {
    expect(await former([member(from, to)], true)).toEqual(isFormer ? [symbol] : []);
  });

  it('are none of another set, and none where they are not requested', async () => {
    expect(await former([span(null, null)], true)).toEqual([]);
    expect(await former([member(null, null)], undefined)).toEqual([]);
  });
});

describe('days whose lists are to be read', () => {
  const daysToRead = (from: string | undefined, to: string, observed: readonly string[] = []) =>
    listingRecord(
      memoryUniverse(recordWith([], observed)),
      { listingsFrom: from === undefined ? undefined : day(from) },
      { from: day('2024-01-04'), to: day(to) },
    ).daysToRead();

  it.each([
    ['none where no first day was asked for', undefined, '2025-03-10', []],
    [
      'the first day itself and the first session of each month',
      '2024-12-16',
      '2025-03-10',
      ['2024-12-16', '2025-01-06', '2025-02-03', '2025-03-03'],
    ],
    ['the session after a closed first day', '2024-12-14', '2025-01-06', ['2024-12-16', '2025-01-06']],
    ['none after the last day', '2024-12-16', '2025-01-05', ['2024-12-16']],
    ['the first day alone where it is the last', '2025-03-03', '2025-03-03', ['2025-03-03']],
  ])('are %s', async (_, from, to, expected) => {
    expect(await daysToRead(from, to)).toEqual(expected);
  });

  it('leave out those that were read', async () => {
    expect(await daysToRead('2024-12-16', '2025-03-10', ['2025-01-06', '2025-02-04'])).toEqual([
      '2024-12-16',
      '2025-02-03',
      '2025-03-03',
    ]);
  });
});
