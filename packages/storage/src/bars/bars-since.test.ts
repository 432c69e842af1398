import { dateOfDayNumber, dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { BarStore } from './bar-store.ts';
import type { BarsPast } from './bars-since.ts';
import { openFolderBars } from './parquet-bar-store.ts';

const days = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-12-30')).map(dayNumber);
const symbols = Array.from({ length: 52 }, (_, index) => String(2000 + index));

/** Bars of some days, which depend on the day and the level alone. */
function bars(from: number, to: number, level = 1000): BarColumns {
  const own = Int32Array.from(days.slice(from, to));
  const column = (add: number) => Float64Array.from(own, (day) => level + (day % 17) / 10 + add);
  return { days: own, open: column(0), high: column(5), low: column(-5), close: column(1.1), volume: column(1e6) };
}

function of(from: number, to: number, codes = symbols, level?: number) {
  return codes.map((symbol) => ({ symbol, bars: bars(from, to, level), splits: [] }));
}

let store: BarStore;
let past: BarsPast;
/** Bars of 20 days of each symbol, in their files, that were read. */
beforeEach(async () => {
  store = await openFolderBars(await temporaryFolder());
  onTestFinished(() => store.close());
  await store.mergeMany(of(0, 20));
  const all = await store.readSince(symbols);
  expect(all!.bars).toEqual(symbols.map(() => bars(0, 20)));
  past = all!.past;
});

it('nothing came after bars to which nothing was added', async () => {
  expect(await store.readSince(symbols, past)).toEqual({ bars: symbols.map(() => bars(0, 0)), past });
});

it('a day of many symbols came after them, and then the next one', async () => {
  await store.mergeMany(of(20, 21));
  const first = await store.readSince(symbols, past);
  expect(first!.bars).toEqual(symbols.map(() => bars(20, 21)));
  await store.mergeMany(of(21, 22, symbols.slice(1)));
  const second = await store.readSince(symbols, first!.past);
  expect(second!.bars).toEqual(symbols.map((_, s) => (s === 0 ? bars(0, 0) : bars(21, 22))));
  // Two days after the first reading are the same two days, in one step.
  expect((await store.readSince(symbols, past))!.bars).toEqual(
    symbols.map((_, s) => (s === 0 ? bars(20, 21) : bars(20, 22))),
  );
});

it('a file that is written anew with the same bars and a few more has only these after them', async () => {
  await store.merge('2003', bars(18, 25));
  const after = await store.readSince(symbols, past);
  expect(after!.bars).toEqual(symbols.map((symbol) => (symbol === '2003' ? bars(20, 25) : bars(0, 0))));
  // What was read in two steps is known as what it was read as.
  await store.merge('2003', bars(25, 26));
  expect((await store.readSince(symbols, after!.past))!.bars[3]).toEqual(bars(25, 26));
});

it('newest bars that go into the files of their symbols leave the past as it is', async () => {
  await store.mergeMany(of(20, 21));
  const read = await store.readSince(symbols, past);
  // Each symbol's own merge takes its newest bars into its file.
  for (const symbol of symbols.slice(0, 4)) await store.merge(symbol, bars(0, 21, 1000));
  for (const symbol of symbols.slice(0, 4)) await store.merge(symbol, bars(21, 22));
  expect((await store.readSince(symbols, read!.past))!.bars).toEqual(
    symbols.map((_, s) => (s < 4 ? bars(21, 22) : bars(0, 0))),
  );
});

const changes: readonly (readonly [string, (store: BarStore) => Promise<unknown>])[] = [
  ['a corrected bar', (open) => open.merge('2007', bars(5, 6, 1001))],
  ['a bar of an older day that came late', (open) => open.merge('2007', bars(0, 1, 990))],
  ['a symbol that is gone', (open) => open.remove('2007')],
  ['a corrected newest bar', (open) => open.mergeMany(of(19, 20, symbols, 1001))],
];

it.each(changes)('%s is a change of the past', async (_what, change) => {
  await change(store);
  expect(await store.readSince(symbols, past)).toBeUndefined();
});

it('a late bar of a day that others had, and a corrected one beside the files, are changes of the past', async () => {
  await store.mergeMany(of(20, 21, symbols.slice(1)));
  const read = await store.readSince(symbols, past);
  await store.mergeMany(of(20, 21, ['2000']));
  expect(await store.readSince(symbols, read!.past)).toBeUndefined();
  const again = await store.readSince(symbols);
  expect(again!.bars.map((own) => dateOfDayNumber(own.days.at(-1)!))).toEqual(
    symbols.map(() => dateOfDayNumber(days[20]!)),
  );
  await store.mergeMany(of(20, 21, symbols, 1002));
  expect(await store.readSince(symbols, again!.past)).toBeUndefined();
});
