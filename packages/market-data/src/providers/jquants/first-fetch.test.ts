import { addDays, nextSession, sessionsBetween } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { jquantsStandIn } from '../../testing/jquants-stand-in.ts';
import { fetchedAt, fetchOnce } from '../../testing/provider.suite.ts';
import { startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openJQuants } from './open-jquants.fixture.ts';
import { firstDayOf, firstFetchMinutes, type JQuantsPlanName, jquantsPlans, newestSessionOf } from './plans.ts';

// @module-tag long

const apiKey = 'a-key-that-nobody-may-see';
const symbols = 500;

/** A clock that also knows when each request came, to count those of every minute. */
async function setUp(name: JQuantsPlanName) {
  const plan = jquantsPlans[name];
  const now = Date.parse(fetchedAt);
  const range = { from: firstDayOf(plan, now), to: newestSessionOf(plan, now) };
  // Bars of the last days alone, since what counts is the number of requests.
  const days = { from: addDays(range.to, -7), to: nextSession(range.to) };
  const times: number[] = [];
  const sinks = new MemorySinks();
  const answers = jquantsStandIn({ symbols, ...days, apiKey });
  let clock = new SimulatedClock(fetchedAt);
  const server = await startReplayServer((request) => {
    times.push(clock.now());
    return answers(request);
  });
  onTestFinished(() => server.close());
  const fetch = async (to: typeof range.to, at = fetchedAt) => {
    clock = new SimulatedClock(at);
    times.length = 0;
    await fetchOnce(openJQuants({ url: server.url, clock, apiKey, plan, range: { ...range, to } }), sinks, clock);
    return { requests: times.length, minutes: (clock.now() - Date.parse(at)) / 60_000, most: mostOfAMinute(times) };
  };
  return { plan, range, sinks, fetch, nextDay: days.to };
}

function mostOfAMinute(times: readonly number[]): number {
  return Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + 60_000).length));
}

describe(`${symbols} symbols`, () => {
  // The figures are those of the decision page 0030.
  it.each([
    { name: 'free', years: 2, requests: 595, minutes: 119, said: 119, later: 5, laterMinutes: 0 },
    { name: 'light', years: 5, requests: 596, minutes: 9.1, said: 10, later: 5, laterMinutes: 0 },
    { name: 'standard', years: 10, requests: 596, minutes: 4, said: 5, later: 5, laterMinutes: 0 },
    { name: 'premium', years: 17, requests: 596, minutes: 1, said: 1, later: 5, laterMinutes: 0 },
  ] as const)(
    'take $minutes minutes for $years years on the plan $name: $requests requests; $later the next day',
    async (row) => {
      const { plan, range, sinks, fetch, nextDay } = await setUp(row.name);
      expect(Math.round(sessionsBetween(range.from, range.to).length / 245)).toBe(row.years);
      const first = await fetch(range.to);
      expect(sinks.records.size).toBe(symbols);
      expect({ requests: first.requests, minutes: Math.round(10 * first.minutes) / 10 }).toEqual({
        requests: row.requests,
        minutes: row.minutes,
      });
      expect(firstFetchMinutes(plan, symbols)).toBe(row.said);
      expect(first.most).toBeLessThanOrEqual(plan.requestsPerMinute);
      const later = await fetch(nextDay, '2025-06-03T12:00:00Z');
      expect({ requests: later.requests, minutes: Math.round(later.minutes) }).toEqual({
        requests: row.later,
        minutes: row.laterMinutes,
      });
      expect(new Set([...sinks.records.values()].map(({ lastDate }) => lastDate))).toEqual(new Set([nextDay]));
    },
  );
});
