import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { type CalendarRow, jquantsStandIn } from '../../testing/jquants-stand-in.ts';
import { fetchedAt, fetchOnce } from '../../testing/provider.suite.ts';
import { type ReplayReply, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openJQuants } from './open-jquants.fixture.ts';

const apiKey = 'a-key-that-nobody-may-see';
const range = { from: parseTradeDate('2025-05-01'), to: parseTradeDate('2025-05-30') };

/** The notes of a fetch beside that of the plan, and how many symbols came. */
async function fetchWith(change: (days: readonly CalendarRow[]) => readonly CalendarRow[], reply?: ReplayReply) {
  const answers = jquantsStandIn({ symbols: 2, ...range, apiKey, changeCalendar: change });
  const server = await startReplayServer((request) =>
    request.path.endsWith('/markets/calendar') && reply !== undefined ? reply : answers(request),
  );
  onTestFinished(() => server.close());
  const clock = new SimulatedClock(fetchedAt);
  const { notes, symbols } = await fetchOnce(
    openJQuants({ url: server.url, clock, apiKey, range, isFromGiven: true }),
    new MemorySinks(),
    clock,
  );
  return { notes, symbols };
}

const set = (date: string, HolDiv: string) => (days: readonly CalendarRow[]) =>
  days.map((day) => (day.Date === date ? { ...day, HolDiv } : day));

describe('the calendar of J-Quants', () => {
  it('is the same as ours, and nothing is said', async () => {
    expect(await fetchWith((days) => days)).toEqual({ notes: [], symbols: 2 });
    // Half days and holidays of derivatives.
    expect(await fetchWith((days) => set('2025-05-05', '3')(set('2025-05-07', '2')(days)))).toMatchObject({
      notes: [],
    });
  });

  it('differs, which is said with the days, and with who is believed; the bars come all the same', async () => {
    const change = (days: readonly CalendarRow[]) => set('2025-05-05', '1')(set('2025-12-30', '0')(days));
    const { notes, symbols } = await fetchWith(change);
    expect(symbols).toBe(2);
    expect(notes).toEqual([expect.stringContaining('it has 2025-05-05, which ours has as closed (Children')]);
    expect(notes[0]).toContain('open; 2025-12-30, a session in ours, closed. Ours is believed, since');
  });

  it('names five days at most', async () => {
    const { notes } = await fetchWith((days) => days.map((day) => ({ ...day, HolDiv: '1' })));
    expect(notes[0]).toMatch(/; and \d+ days more\. Ours/);
  });

  it.each<[string, ReplayReply, RegExp]>([
    ['the plan has none', { status: 403, body: '{}' }, /was not compared with ours: .* answered 403/],
    ['it fails', { status: 503, body: '{}' }, /was not compared with ours: .* answered 503/],
    ['it is another table', { body: '{"data":[{"Date":"2025-05-01","HolDiv":"9"}]}' }, /expected a day and a division/],
  ])('is not compared where %s; the bars come all the same', async (_, reply, words) => {
    expect(await fetchWith((days) => days, reply)).toEqual({ notes: [expect.stringMatching(words)], symbols: 2 });
  });
});
