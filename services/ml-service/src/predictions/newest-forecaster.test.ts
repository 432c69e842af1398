import { parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { type Panel, slicePanel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import { expect, it } from 'vitest';
import { addSymbol, madeBars, startService } from '../app.fixture.ts';
import { readUniverse } from '../universe.ts';
import { type NewestBars, readNewestBars } from './newest-forecaster.ts';

const sessions = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-06-28'));
const codes = ['2000', '2001', '2002', '2003', '2004', '2005'].map(parseSymbol);
const real = { priceBasis: 'split-adjusted', synthetic: false } as const;

async function addSessions(stores: Stores, to: number, symbols = codes): Promise<void> {
  for (const [s, symbol] of symbols.entries()) {
    await addSymbol(stores, symbol, madeBars(s + 1, sessions[0]!, sessions[to - 1]!), real);
  }
}

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
    await addSessions(stores, 100);
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
    await addSessions(stores, 101);
    await read(false);
    expect(taken).toBe(1);
    // Published after the newest session, of one to come; then of the session that comes.
    await stores.priceFactors.upsertMany([dividend(sessions[102]!, sessions[100]!, 30)]);
    await addSessions(stores, 103);
    await read(false);
    expect(taken).toBe(2);
    expect(newest.panel.dividends!.paid).toContain(30);

    await stores.priceFactors.upsertMany([dividend('2024-03-28', '2024-02-01', 21)]);
    await read(true);
    await stores.bars.merge(codes[5]!, madeBars(9, sessions[40]!, sessions[40]!));
    await read(true);
    await addSessions(stores, 103, [parseSymbol('7203')]);
    await read(true);
    await stores.symbols.upsertMany([{ ...(await stores.symbols.list())[0]!, tickTable: 'topix500' }]);
    await read(true);
    await read(false);
  } finally {
    await running.close();
  }
});
