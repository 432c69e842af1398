import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { jquantsStandIn, type WireRow, withSplit } from '../../testing/jquants-stand-in.ts';
import { fetchedAt, fetchOnce } from '../../testing/provider.suite.ts';
import { startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { openJQuants } from './open-jquants.fixture.ts';
import { type JQuantsPlanName, jquantsPlans } from './plans.ts';

const apiKey = 'a-key-that-nobody-may-see';
const range = { from: parseTradeDate('2025-05-12'), to: parseTradeDate('2025-05-29') };

const reports: readonly WireRow[] = [
  {
    Code: '01010',
    DiscDate: '2025-05-13',
    CurFYSt: '2024-04-01',
    CurFYEn: '2025-03-31',
    NxtFYSt: '2025-04-01',
    NxtFYEn: '2026-03-31',
    DivFY: '30.0',
    NxFDiv2Q: '31.0',
  },
];
const notices: readonly WireRow[] = [
  { Code: '01010', PubDate: '2025-05-13', RefNo: '1', StatCode: '1', ExDate: '2025-06-27', DivRate: 12 },
];

async function dividendsOf(plan: JQuantsPlanName) {
  const change = withSplit('01010', '2025-05-20', 0.5);
  const answers = jquantsStandIn({ symbols: 1, ...range, apiKey, reports, notices, change });
  const server = await startReplayServer(answers);
  onTestFinished(() => server.close());
  const clock = new SimulatedClock(fetchedAt);
  const sinks = new MemorySinks();
  await fetchOnce(openJQuants({ url: server.url, clock, apiKey, range, plan: jquantsPlans[plan] }), sinks, clock);
  const asked = server.requests.filter(({ path }) => path === '/fins/dividend').length;
  return { asked, factors: [...sinks.storedFactors].map(([key, { value }]) => [key, value]) };
}

const split = ['0101 2025-05-20 split 2025-05-20', 0.5];

describe('dividends from J-Quants', () => {
  it('are those of reports on every plan, beside the splits', async () => {
    expect(await dividendsOf('light')).toEqual({
      asked: 0,
      factors: [split, ['0101 2025-03-28 dividend 2025-05-13', 30], ['0101 2025-09-29 dividend 2025-05-13', 31]],
    });
  });

  it('are those of notices on the plan that has them', async () => {
    expect(await dividendsOf('premium')).toEqual({
      asked: 1,
      factors: [split, ['0101 2025-06-27 dividend 2025-05-13', 12]],
    });
  });
});
