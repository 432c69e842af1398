import { evaluationAnswerSchema } from '@daytrade/contracts';
import { dateOfDayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import type { AnnouncementRecord } from '@daytrade/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnnounced } from './announced-sessions.ts';
import { addSymbol, madeBars, type RunningService, startService } from './app.fixture.ts';
import { readUniverse } from './universe.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-24T23:00:00.000Z');
  for (const [seed, symbol] of ['0101', '0102'].entries()) {
    await addSymbol(running.stores, symbol, madeBars(seed + 1, '2023-01-04', '2026-11-24'), { synthetic: false });
  }
  await running.stores.announcements.upsertMany([
    announced('2026-07-31', '15:30'),
    // In the trading hours: the close of the day knows it.
    announced('2026-10-30', '13:00'),
    announced('2026-11-20', null),
    // The same session as the one before, which was not a working day's.
    announced('2026-11-21', '09:00'),
    announced('2026-11-24', null, 'planned'),
    // A plan that stood, one whose results came in the trading hours, and one that was moved.
    announced('2026-11-05', null, 'planned'),
    announced('2026-10-30', null, 'planned'),
    announced('2026-11-12', null, 'planned', '2026-11-10T00:00:00.000Z'),
  ]);
});
afterAll(() => running.close());

function announced(
  date: string,
  time: string | null,
  kind: AnnouncementRecord['kind'] = 'made',
  knownUntil: string | null = null,
): AnnouncementRecord {
  const symbol = parseSymbol('0101');
  const knownSince = `${date}T00:00:00.000Z`;
  return { symbol, date: parseTradeDate(date), kind, time, source: 'jquants', knownSince, knownUntil };
}

describe('the sessions that announcements moved', () => {
  it('are those whose closes were the first to know what was made, by symbol', async () => {
    const { panel } = await readUniverse(running.stores);
    const sessions = await readAnnounced(running.stores, panel);
    expect(sessions?.map((days) => days.map(dateOfDayNumber))).toEqual([
      ['2026-08-03', '2026-10-30', '2026-11-06', '2026-11-24'],
      [],
    ]);
  });

  it('are what an evaluation sorts by, on and after them and between them', { tags: ['long'] }, async () => {
    const run = await running.runBy('/v1/evaluations', { sessions: 100 });
    expect(run.error).toBeNull();
    const { evaluation } = evaluationAnswerSchema.parse((await running.get('/v1/evaluations/latest')).body);
    const buckets = evaluation.buckets?.filter(({ group }) => group === 'announcement') ?? [];
    expect(evaluation).toMatchObject({ announcedSymbols: 1, symbols: 2 });
    expect(buckets.map(({ bucket, symbolDays }) => [bucket, symbolDays])).toEqual([
      ['1', 3],
      ['2 .. 6', 10],
      ['> 6', expect.any(Number)],
    ]);
    for (const { skill } of evaluation.buckets ?? []) expect(skill?.rollingQuantile).toBeLessThan(1);
  });
});
