import { keptSelectionListSchema, selectionSchema } from '@daytrade/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

// A Monday morning: the newest bars are of Friday.
const running = await startDataService('2026-11-29T23:30:00Z');
afterAll(() => running.close());
const ofNothing = await Promise.all(
  ['', '?asOf=2026-11-27'].map((query) => running.get(`/v1/symbols/selection${query}`)),
);
await running.fetchBars({ provider: 'synthetic', symbols: 30, from: '2026-08-03', seed: 7, fiveMinuteSessions: 0 });

const selected = async (query: string) =>
  selectionSchema.parse((await running.get(`/v1/symbols/selection${query}`)).body);
const kept = async () => keptSelectionListSchema.parse((await running.get('/v1/symbols/selections')).body).selections;

async function prepareMarket(payload = {}) {
  const ended = await running.runJob('market-preparation', payload);
  expect(ended).toMatchObject({ status: 'succeeded' });
  return ended.result;
}

it('a selection without any symbol is empty, also of a day that is named', () => {
  const empty = { poolSize: 0, symbols: [], rejected: [] };
  expect(ofNothing).toMatchObject([
    { status: 200, body: { ...empty, asOf: null } },
    { status: 200, body: { ...empty, asOf: '2026-11-27' } },
  ]);
});

describe('the selection of a morning', () => {
  it('is kept with the reason of each choice, and stays what it was', async () => {
    expect(await kept()).toEqual([]);
    const asked = await selected('?count=3&mostPerSector=1');
    expect(asked.symbols.length).toBeGreaterThan(1);
    const result = await prepareMarket({ count: 3, mostPerSector: 1 });
    expect(result).toMatchObject({ asOf: '2026-11-27', turnover: { previous: null, share: null } });
    const [first, ...others] = await kept();
    expect(others).toEqual([]);
    const { symbols, turnover, options, criteria } = asked;
    expect(first).toMatchObject({ asOf: '2026-11-27', synthetic: true, turnover, options, criteria });
    expect(symbols).toMatchObject(first!.symbols);
    expect(first!.symbols).toHaveLength(symbols.length);
    expect(symbols[0]!.reason).toMatch(/^ranked 1 of \d+ that meet every criterion$/);
    await prepareMarket({ count: 2 });
    expect(await kept()).toEqual([first]);
  });

  it('is the one before of later sessions alone, also on a day without a session', async () => {
    const { turnover, ...sunday } = await selected('?count=3&mostPerSector=1&asOf=2026-11-29');
    const { turnover: friday, ...rest } = await selected('?count=3&mostPerSector=1&asOf=2026-11-27');
    expect([turnover.previous, friday.previous]).toEqual([null, null]);
    expect(sunday).toEqual(rest);
    running.setClock('2026-11-30T23:30:00Z');
    const result = await prepareMarket({ count: 3, mostPerSector: 1 });
    expect(result).toMatchObject({ asOf: '2026-11-30', turnover: { previous: '2026-11-27' } });
    const [newest, before] = await kept();
    expect([newest!.asOf, before!.asOf]).toEqual(['2026-11-30', '2026-11-27']);
    const codes = (one: typeof newest) => one!.symbols.map(({ symbol }) => symbol);
    const stayed = codes(newest).filter((symbol) => codes(before).includes(symbol));
    expect(newest!.turnover.entered).toEqual(codes(newest).filter((symbol) => !stayed.includes(symbol)));
    expect(newest!.turnover.left.length).toBe(codes(before).length - stayed.length);
    expect(newest!.symbols.every(({ reason }) => /^(stays|new): ranked/.test(reason))).toBe(true);
  });

  it('refuses limits that are none', async () => {
    for (const query of ['buffer=-1', 'mostPerSector=0', 'maximumCorrelation=2']) {
      expect((await running.get(`/v1/symbols/selection?${query}`)).status).toBe(400);
    }
  });
});
