import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { type BarColumns, type Panel, slicePanel } from '@daytrade/series';
import type { Stores, SymbolRecord } from '@daytrade/storage';
import { expect, it } from 'vitest';
import { startService } from '../app.fixture.ts';
import { readUniverse } from '../universe.ts';
import { type NewestBars, readNewestBars } from './newest-forecaster.ts';

const sessions = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-06-28'));
const codes = Array.from({ length: 60 }, (_, index) => parseSymbol(String(2000 + index)));

function bars(from: number, to: number, level: number): BarColumns {
  const days = Int32Array.from(sessions.slice(from, to), dayNumber);
  const column = (add: number) => Float64Array.from(days, (day) => level + (day % 13) + add);
  return { days, open: column(0), high: column(3), low: column(-3), close: column(1), volume: column(1e6) };
}

async function addSessions(stores: Stores, from: number, to: number, symbols = codes): Promise<void> {
  const several = symbols.map((symbol, s) => ({ symbol, bars: bars(from, to, 1000 + s), splits: [] }));
  await stores.bars.mergeMany(several, { source: 'csv', fetchedAt: 0 });
  await stores.symbols.upsertMany(symbols.map((symbol) => recordOf(symbol, to)));
}

const recordOf = (symbol: SymbolRecord['symbol'], to: number): SymbolRecord => ({
  symbol,
  name: `架空${symbol}`,
  sector: null,
  sizeGroup: null,
  lot: 100,
  tickTable: 'standard',
  priceBasis: 'split-adjusted',
  synthetic: false,
  firstDate: sessions[0]!,
  lastDate: sessions[to - 1]!,
  bars: to,
  sharesOutstanding: null,
  askedTo: null,
});

const dividend = (date: string, knownOn: string, value: number) => ({
  symbol: codes[3]!,
  date: parseTradeDate(date),
  kind: 'dividend' as const,
  value,
  knownOn: parseTradeDate(knownOn),
  source: 'csv',
});

/** What a reading gave stands for the end of the whole panel. */
async function expectEndOfAll(stores: Stores, { panel, after }: NewestBars): Promise<void> {
  const { panel: all } = await readUniverse(stores);
  const from = after === undefined ? 0 : all.days.length - panel.days.length;
  expect(plain(panel)).toEqual(plain(slicePanel(all, from, all.days.length)));
}

const plain = ({ dividends, ...panel }: Panel) => ({
  symbols: panel.symbols,
  columns: [panel.days, panel.open, panel.high, panel.low, panel.close, panel.volume].map((column) => [...column]),
  dividends: dividends && [[...dividends.paid], [...dividends.expected]],
});

it('reads of bars that were read before what came after them, and all where something of them changed', async () => {
  const running = await startService('2024-07-01T08:00:00+09:00');
  const { stores } = running;
  try {
    await addSessions(stores, 0, 100);
    await stores.priceFactors.upsertMany([dividend('2024-03-28', '2024-02-01', 20)]);
    let newest = await readNewestBars(stores);
    let taken = 0;
    const read = async (isWhole: boolean) => {
      const before = newest;
      newest = await readNewestBars(stores, before.past);
      taken = newest.panel.days.length;
      expect(newest.after).toBe(isWhole ? undefined : before.name);
      await expectEndOfAll(stores, newest);
    };
    expect(newest.after).toBeUndefined();
    await expectEndOfAll(stores, newest);

    await read(false);
    expect(taken).toBe(0);
    await addSessions(stores, 100, 101);
    await read(false);
    expect(taken).toBe(1);
    // Published after the newest session, of one to come; then of the session that comes.
    await stores.priceFactors.upsertMany([dividend(sessions[102]!, sessions[100]!, 30)]);
    await addSessions(stores, 101, 103);
    await read(false);
    expect(taken).toBe(2);
    expect(newest.panel.dividends!.paid).toContain(30);

    await stores.priceFactors.upsertMany([dividend('2024-03-28', '2024-02-01', 21)]);
    await read(true);
    await stores.bars.merge(codes[5]!, bars(40, 41, 999));
    await read(true);
    await addSessions(stores, 0, 103, [parseSymbol('7203')]);
    await read(true);
    await stores.symbols.upsertMany([{ ...recordOf(codes[0]!, 103), tickTable: 'topix500' }]);
    await read(true);
    await read(false);

    // A file that is damaged after its bars were read stops the next reading.
    const file = join(running.folder, 'state', 'bars', 'daily', '2024.parquet');
    writeFileSync(file, readFileSync(file).subarray(0, 200));
    await expect(readNewestBars(stores, newest.past)).rejects.toMatchObject({ code: 'data.bars-damaged' });
  } finally {
    await running.close();
  }
});
