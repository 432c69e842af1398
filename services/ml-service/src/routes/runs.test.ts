// @module-tag long
import { parseSymbol } from '@daytrade/market';
import { buildPanel, noiseIntradayBars } from '@daytrade/series';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, addSymbol, between, madeBars, type RunningService, startService } from '../app.fixture.ts';

const symbols = Array.from({ length: 12 }, (_, index) => String(101 + index).padStart(4, '0'));
/** A symbol with bars of 22 sessions alone. */
const short = '0190';
const [start, end] = ['2024-08-01', '2026-11-24'] as const;

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-24T23:30:00.000Z');
  for (const [index, symbol] of symbols.entries()) {
    await addSymbol(running.stores, symbol, madeBars(index + 1, start, end));
  }
  await addSymbol(running.stores, short, madeBars(1, '2026-10-22', end));
});
afterAll(() => running.close());

/** 5-minute bars of every symbol from a day on. */
async function addFiveMinutes(from: string): Promise<void> {
  for (const [index, symbol] of symbols.entries()) {
    const bars = madeBars(index + 1, start, end);
    const own = { symbol: parseSymbol(symbol), tickTable: 'standard', priceBasis: 'traded' } as const;
    const [minutes] = noiseIntradayBars(buildPanel([{ symbol: own, bars }]), index);
    await running.stores.bars.mergeIntraday(symbol, between(minutes!, Date.parse(from)));
  }
}

/** What a request is refused with, for which no run begins; a run that was begun before fails in the same words. */
async function refusalOf(job: string, body: Record<string, unknown>): Promise<Answer['body']> {
  const before = await running.stores.runs.list({ limit: 100 });
  const answer = await running.post(`/v1/${job}s`, body);
  expect(await running.stores.runs.list({ limit: 100 })).toEqual(before);
  const { code, detail } = answer.body as { readonly code: string; readonly detail: string };
  expect((await running.runJob(job, body)).error).toMatchObject({ code, message: detail });
  return answer.body;
}

/** Takes a run back that was accepted, which shows that nothing was refused. */
async function accept(job: string, body: Record<string, unknown>): Promise<void> {
  const { status, body: answer } = await running.post(`/v1/${job}s`, body);
  expect([status, answer]).toMatchObject([202, { run: { job } }]);
  await running.queue.cancel((answer as { readonly run: { readonly id: string } }).run.id);
}

describe('a backtest', () => {
  const strategy = 'always-long';

  it.each([
    ['22 sessions', { symbols: [short] }],
    ['21 sessions up to its last', { to: '2024-08-30' }],
    ['one session', { from: end }],
    ['days after the last', { from: '2030-01-07' }],
    ['days before the first', { to: '2000-01-04' }],
  ])('of %s is refused before it waits for another run', async (_, range) => {
    expect(await refusalOf('backtest', { strategy, ...range })).toMatchObject({
      code: 'input.invalid',
      detail: '--from, --to: fewer than 2 sessions are left after the 21 that volatility and volume are taken from',
    });
  });

  it('of the fewest sessions begins', async () => {
    await accept('backtest', { strategy, to: '2024-09-03' });
    await accept('backtest', { strategy, symbols: [short, symbols[0]], from: '2026-11-20' });
  });

  it('by forecasts that there are not is refused before it waits', async () => {
    expect(await refusalOf('backtest', { strategy: 'ranking' })).toMatchObject({
      detail: expect.stringContaining('fewer than 2 sessions have forecasts') as string,
    });
  });
});

describe('an evaluation within the day', () => {
  const horizon = 'close@10:30';

  it('of too few sessions with 5-minute bars is refused before it waits for another run', async () => {
    await addFiveMinutes('2026-10-22');
    expect(await refusalOf('evaluation', { horizon })).toMatchObject({
      code: 'training.too-little-data',
      detail: expect.stringMatching(/\d+ sessions, at least \d+ are needed$/) as string,
    });
  });

  it('of enough of them begins, but for a symbol alone, which has too few rows', async () => {
    await addFiveMinutes('2026-05-07');
    await accept('evaluation', { horizon });
    expect(await refusalOf('evaluation', { horizon, symbols: symbols.slice(0, 1) })).toMatchObject({
      detail: expect.stringMatching(/\d+ usable rows before the first prediction, at least 200 are needed$/) as string,
    });
  });
});
