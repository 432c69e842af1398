import { dayNumber, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { noiseData, usualSettings } from '../testing/noise-data.ts';
import { buildReport, type ReportInput } from './build-report.ts';
import { overfittingProbability } from './luck.ts';
import { dailySharpe, deflatedSharpe, sharpeEstimate } from './sharpe.ts';
import { type Simulation, TradeCounts } from './simulation.ts';

const cash = 1_000_000;
const dates = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-24', '2026-11-25'];
const noise = noiseData({ symbols: 2, sessions: 5, seed: 1 });
const days = Int32Array.from(dates, (date) => dayNumber(parseTradeDate(date)));
const data = { ...noise, panel: { ...noise.panel, days } };
const yearly = Math.sqrt(245);

function simulation(net: readonly number[], counts: Partial<TradeCounts> = {}, more: Partial<Simulation> = {}) {
  return {
    from: 1,
    net: Float64Array.from(net),
    exposure: Float64Array.from(net, (value) => value / 2),
    trades: [],
    counts: Object.assign(new TradeCounts(), counts),
    halted: undefined,
    ...more,
  } satisfies Simulation;
}

const trade = { symbol: 0, shares: 100, side: 1, opened: 1, closed: 1, entry: 1_000, exit: 1_010 } as const;
// The session before the judged ones, 1, is simulated as well.
const net = [990_000, 1_010_000, 1_000_000, 1_060_000];
const gross = [995_000, 1_020_000, 1_030_000, 1_080_000];
const counts = {
  orders: 9,
  filled: 8,
  ambiguous: 2,
  refused: { money: 1 },
  commission: 100,
  spread: 200,
  impact: 300,
  interest: 400,
  lendingFee: 500,
  penalty: 600,
  dividends: 70,
  turnover: 4_000_000,
};
const trades = [trade, { ...trade, exit: 1_000 }, { ...trade, side: -1, exit: 999 } as const, { ...trade, exit: 990 }];
const [first, second] = [Float64Array.of(0.01, -0.02, 0.03), Float64Array.of(0.02, 0.01, -0.01)];

/** Parts of the report of three judged sessions. */
function partsWith(change: Partial<ReportInput> = {}, input: Partial<ReportInput['input']> = {}): ReportInput {
  return {
    input: {
      data,
      settings: { ...usualSettings, cash },
      strategy: 'ranking',
      parameters: {},
      choose: true,
      seed: 3,
      from: 0,
      to: 5,
      conditions: '',
      earlierTrials: new Map(),
      ...input,
    },
    judged: [2, 3, 4],
    simulation: simulation(net, counts, { trades }),
    record: { orders: [], fills: [], trades: [], bySymbol: [] },
    free: simulation(gross, { turnover: 5_000_000 }),
    byDay: simulation(net, { ambiguous: 3, filled: 6 }),
    bestFirst: undefined,
    baseline: { net: Float64Array.of(1, 1_010_000, 999_900, 1_019_898), gross: Float64Array.of(1, 1e6, 1e6, 1.1e6) },
    tried: [
      { values: { each: 3 }, returns: first },
      { values: { each: 5 }, returns: second },
    ],
    trials: [0.1, null, 0.2],
    chosen: true,
    parameters: [{ from: parseTradeDate('2026-11-20'), values: { each: 3 } }],
    ...change,
  };
}

/** Returns by session, the first one from the cash. */
const returnsFrom = (equity: readonly number[]) =>
  Float64Array.from(equity, (value, i) => value / (equity[i - 1] ?? cash) - 1);
const [netReturns, grossReturns] = [returnsFrom(net.slice(1)), returnsFrom(gross.slice(1))];
const near = (value: number) => expect.closeTo(value, 9);

it('says what was won and lost, before and after costs, in the sessions that are judged', () => {
  expect(buildReport(partsWith())).toEqual({
    strategy: 'ranking',
    account: 'day-margin',
    from: '2026-11-20',
    to: '2026-11-25',
    sessions: 3,
    symbols: 2,
    cash,
    verdict: 'may be luck',
    bestFirst: null,
    trades: 4,
    wins: 0.5,
    net: {
      profit: 60_000,
      return: 0.06,
      sharpe: sharpeEstimate(netReturns, 3),
      maxDrawdown: near(1 - 1_000 / 1_010),
    },
    gross: { profit: 80_000, return: 0.08, sharpe: sharpeEstimate(grossReturns, 3), maxDrawdown: 0 },
    costs: { commission: 100, spread: 200, impact: 300, interest: 400, lendingFee: 500, penalty: 600, total: 2_100 },
    dividends: 70,
    shorts: 1,
    tax: near(60_000 * 0.20315),
    turnover: 4_000_000,
    // 2,100 of 4,000,000 yen, and 80,000 of 5,000,000, in hundredths of a percent.
    paidBp: near(5.25),
    breakEvenBp: near(160),
    deflatedSharpe: deflatedSharpe(netReturns, [0.1, null, 0.2]),
    trials: 3,
    tried: [
      { values: { each: 3 }, sharpe: near(dailySharpe(first) * yearly) },
      { values: { each: 5 }, sharpe: near(dailySharpe(second) * yearly) },
    ],
    overfitting: overfittingProbability([first, second]),
    exposure: near(0.5),
    capacity: near(cash * (60_300 / 300) ** 2),
    ambiguous: { daily: 0.5, fiveMinutes: null },
    orders: 9,
    filled: 8,
    refused: { money: 1 },
    halted: null,
    parameters: [{ from: '2026-11-20', values: { each: 3 } }],
    chosen: true,
    baselines: [
      {
        name: 'always-long',
        return: near(0.019898),
        netSharpe: near(dailySharpe([0.01, -0.01, 0.02]) * yearly),
        grossSharpe: near(dailySharpe([0, 0, 0.1]) * yearly),
      },
    ],
    record: {
      orders: [],
      fills: [],
      trades: [],
      bySymbol: [],
      returns: dates.slice(2).map((date, i) => ({ date, return: netReturns[i] })),
    },
    curve: dates.slice(2).map((session, i) => ({ session, gross: gross[i + 1], net: net[i + 1] })),
  });
});

it('has no figures of what was not done', () => {
  const nothing = simulation([cash, cash, cash, cash]);
  const report = buildReport(partsWith({ simulation: nothing, free: nothing, byDay: nothing }));
  const { wins, paidBp, breakEvenBp, capacity, tax, ambiguous, verdict } = report;
  expect({ wins, paidBp, breakEvenBp, capacity, tax, ambiguous, verdict }).toEqual({
    wins: 0,
    paidBp: null,
    breakEvenBp: null,
    capacity: null,
    tax: 0,
    ambiguous: { daily: 0, fiveMinutes: null },
    verdict: 'loses',
  });
});

it('says that 5-minute bars leave fewer doubts, and what halted it', () => {
  const halted = { session: 3, reason: 'a session lost 9 yen' };
  const intraday = { ...data, intraday: [undefined, undefined] };
  const report = buildReport(partsWith({ simulation: simulation(net, counts, { halted }) }, { data: intraday }));
  expect(report.ambiguous).toEqual({ daily: 0.5, fiveMinutes: 0.25 });
  expect(report.halted).toEqual({ session: '2026-11-24', reason: 'a session lost 9 yen' });
});

describe('the verdict', () => {
  const winning = Array.from({ length: 60 }, (_, i) => 1e6 * 1.002 ** (i + 1) * (1 + 0.001 * (i % 2)));
  const long = noiseData({ symbols: 2, sessions: 61, seed: 1 });
  const judged = winning.map((_, i) => i + 1);
  const verdict = (equity: readonly number[], change: Partial<ReportInput> = {}) => {
    const own = { judged, simulation: simulation(equity), free: simulation(equity), trials: [null], ...change };
    const levels = Float64Array.from(winning);
    return buildReport(partsWith({ ...own, baseline: { net: levels, gross: levels } }, { data: long })).verdict;
  };

  it('is that it loses where nothing is left after costs', () => {
    expect(verdict(winning.map((value) => 2e6 - value))).toBe('loses');
    expect(verdict([...winning.slice(0, -1), 1e6])).toBe('loses');
    expect(verdict([...winning.slice(0, -1), 1e6 + 1])).toBe('may be luck');
  });

  it('is that it beats its costs where trials do not explain it', () => {
    expect(verdict(winning)).toBe('beats its costs');
    const many = Array.from({ length: 50 }, (_, i) => 3 * Math.sin(i));
    expect(verdict(winning, { trials: many })).toBe('may be luck');
  });

  it('is none where doubts about the order of prices remain, and both results are shown', () => {
    expect(verdict(winning, { bestFirst: simulation(winning) })).toBe('unclear');
    const { bestFirst } = buildReport(partsWith({ bestFirst: simulation(gross) }));
    expect(bestFirst).toEqual({
      profit: 80_000,
      return: 0.08,
      sharpe: sharpeEstimate(grossReturns, 3),
      maxDrawdown: 0,
    });
  });
});

describe('what the impact leaves of a profit', () => {
  it.each([
    [60_000, 300, (60_300 / 300) ** 2],
    [-300, 300, 0],
    [-299, 300, (1 / 300) ** 2],
    [-500, 300, 0],
    [60_000, 1, 60_001 ** 2],
  ])('is a capacity: a profit of %i yen after an impact of %i', (profit, impact, times) => {
    const own = simulation([cash, cash, cash, cash + profit], { impact });
    expect(buildReport(partsWith({ simulation: own })).capacity).toBeCloseTo(cash * times, 3);
  });
});

describe('the baselines', () => {
  const named = (closes: readonly number[], strategy = 'ranking') => {
    const index = { name: 'TOPIX', closes: Float64Array.from(closes) };
    return buildReport(partsWith({}, { index, strategy })).baselines;
  };

  it('are an index with its return, from the close before each session', () => {
    expect(named([1, 2_000, 2_200, 1_980, 1_980]).slice(1)).toEqual([
      { name: 'TOPIX', return: near(-0.01), netSharpe: near(dailySharpe([0.1, -0.1, 0]) * yearly), grossSharpe: null },
    ]);
  });

  it('leave sessions in which the index is not known, and an index that is known too seldom', () => {
    expect(named([1, 2_000, 2_200, 2_420, NaN])[1]).toMatchObject({ name: 'TOPIX', return: near(0.21) });
    expect(named([1, 2_000, 2_200, NaN, NaN]).map(({ name }) => name)).toEqual(['always-long']);
  });

  it('are not the strategy itself', () => {
    expect(named([1, 2_000, 2_200, 1_980, 1_980], 'always-long').map(({ name }) => name)).toEqual(['TOPIX']);
    expect(buildReport(partsWith({}, { strategy: 'always-long' })).baselines).toEqual([]);
  });
});
