import { computeFeatures, limitColumns, mapBars, seededRandom } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { type DailyKnown, dailySessions } from './daily-known.ts';
import { inDayRow } from './session-columns.ts';

const symbols = 3;
const noise = noisePanel({ symbolCount: symbols, sessionCount: 110, seed: 17, missingShare: 0.04 });
/** Two sessions without a move within the day, one move beyond every bound, a share that goes ex twice. */
const bars = mapBars(noise, (column) => column.slice());
for (const row of [40 * symbols, 70 * symbols + 1]) {
  for (const column of [bars.open, bars.high, bars.low]) column[row] = bars.close[row]!;
}
bars.high[80 * symbols + 2]! *= 1.4;
bars.close[80 * symbols + 2]! *= 1.4;
const dividendOn = (days: readonly number[], yen: number) =>
  bars.close.map((_, row) => (row % symbols === 1 && days.includes(Math.floor(row / symbols)) ? yen : 0));
const panel = {
  ...noise,
  ...bars,
  dividends: { paid: dividendOn([50, 90], 30), expected: dividendOn([49, 89], 25) },
};
const random = seededRandom(8);
const overnight = Float64Array.from(panel.days, (_, t) => (t % 13 === 5 ? NaN : 0.03 * (random() - 0.5)));
overnight[85] = -0.4;
const vix = Float64Array.from(panel.days, (_, t) => (t % 17 === 3 ? NaN : 20 + 4 * random()));

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => {
  const known = values.filter((value) => !Number.isNaN(value));
  return sum(known) / known.length;
};
const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** The RiskMetrics deviation of some returns, which starts as the mean square of the first twenty. */
function deviation(returns: readonly number[]): number {
  const squares = returns.filter((value) => !Number.isNaN(value)).map((value) => value ** 2);
  if (squares.length < 20) return NaN;
  const start = mean(squares.slice(0, 20));
  return Math.sqrt(squares.slice(20).reduce((variance, square) => 0.94 * variance + 0.06 * square, start));
}

/** The mean in which a value weighs less by a factor for each one that came after it. */
function decayedMean(values: readonly number[], decay: number): number {
  const weights = values.map((_, i) => decay ** (values.length - 1 - i));
  return sum(values.map((value, i) => weights[i]! * value)) / sum(weights);
}

function vixMove(t: number): number {
  return Math.log((vix[t] ?? NaN) / (vix[t - 1] ?? NaN));
}

/** What America did in the night after session `t`, in units of what it did in the nights before. */
function nightAbroad(t: number) {
  const before = Array.from({ length: Math.max(0, t) }, (_, i) => i);
  return {
    america: within((overnight[t] ?? NaN) / deviation(before.map((i) => overnight[i]!)), 6),
    vix: within(vixMove(t) / deviation(before.map(vixMove)), 6),
  };
}

/** What is known of one symbol after session `last`, computed from the bars alone. */
function symbolAfter(last: number, s: number) {
  const sessions = Array.from({ length: last + 1 }, (_, t) => t * symbols + s);
  const nights: number[] = [];
  const wholes: number[] = [];
  const withins: number[] = [];
  const ranges: number[] = [];
  const follows = { america: [] as number[][], vix: [] as number[][] };
  let close = NaN;
  let [lastReturn, lastRange, location] = [NaN, NaN, NaN];
  for (const [t, row] of sessions.entries()) {
    close -= panel.dividends.paid[row]!;
    const [open, high, low, price] = [panel.open[row]!, panel.high[row]!, panel.low[row]!, panel.close[row]!];
    lastReturn = Math.log(price / close);
    lastRange = Math.log(high / low);
    location = high === low ? 0 : (price - low) / (high - low) - 0.5;
    if (Number.isNaN(price)) continue;
    const night = Math.log(open / close);
    for (const name of ['america', 'vix'] as const) {
      const [scaled, abroad] = [night / deviation(wholes), nightAbroad(t - 1)[name]];
      if (Number.isFinite(scaled * abroad)) follows[name].push([scaled * abroad, abroad ** 2]);
    }
    nights.push(night);
    wholes.push(lastReturn);
    withins.push(Math.log(price / open));
    ranges.push(lastRange ** 2 / (4 * Math.log(2)));
    close = price;
  }
  const slope = (pairs: readonly number[][]) =>
    pairs.length === 0
      ? NaN
      : decayedMean(
          pairs.map(([product]) => product!),
          0.98,
        ) /
        decayedMean(
          pairs.map(([, square]) => square!),
          0.98,
        );
  const [whole, own] = [deviation(wholes), deviation(withins)];
  const relative = (scale: number) => Math.log(scale / own);
  const lastMove = within(lastReturn / whole, 4);
  return {
    close,
    base: close - panel.dividends.expected[last * symbols + s]!,
    whole,
    within: own,
    america: slope(follows.america),
    vix: slope(follows.vix),
    location,
    level: Math.log(own),
    range_fast: relative(Math.sqrt(decayedMean(ranges, 0.7))),
    range_middle: relative(Math.sqrt(decayedMean(ranges, 0.9))),
    range_slow: relative(Math.sqrt(decayedMean(ranges, 0.97))),
    whole_scale: relative(whole),
    night_scale: relative(deviation(nights)),
    last_range: Math.log(0.1 + lastRange / own),
    last_return: lastMove,
    last_return_size: Math.log(0.1 + Math.abs(lastMove)),
  };
}

function expectClose(found: ArrayLike<number>, expected: readonly number[], what: string): void {
  expect(found.length, what).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(found[i], what).toBeNaN();
    else expect(found[i], what).toBeCloseTo(value, 9);
  }
}

const sessions: readonly DailyKnown[] = [...dailySessions({ panel, overnight, vix }, true)];

describe('what finished sessions say of the one that comes', () => {
  it('is said of each session but the first, and of the one after the newest', () => {
    expect(sessions.map(({ session }) => session)).toEqual(Array.from(panel.days, (_, t) => t + 1));
  });

  it('is the same for whoever asks for the later sessions alone', () => {
    const bySession = [...dailySessions({ panel, overnight, vix }, true, 70)];
    expect(bySession).toEqual(sessions.slice(69));
    expect(bySession[0]!.session).toBe(70);
  });

  it.each([1, 19, 20, 21, 22, 41, 50, 51, 52, 71, 81, 86, 89, 90, 91, 110])(
    'equals statistics of the bars alone before session %i',
    (session) => {
      const known = sessions[session - 1]!;
      const own = Array.from({ length: symbols }, (_, s) => symbolAfter(session - 1, s));
      const of = (name: keyof (typeof own)[number]) => own.map((one) => one[name]);
      expectClose(known.previousClose, of('close'), 'previous close');
      expectClose(known.base, of('base'), 'base');
      expectClose(known.whole, of('whole'), 'whole');
      expectClose(known.within, of('within'), 'within');
      expectClose(known.beta.america, of('america'), 'beta on America');
      expectClose(known.beta.vix, of('vix'), 'beta on the VIX');
      const { america, vix: vixMoved } = nightAbroad(session - 1);
      expectClose([known.abroad.america, known.abroad.vix], [america, vixMoved], 'abroad');
      const names = [
        'level',
        'range_fast',
        'range_middle',
        'range_slow',
        'whole_scale',
        'night_scale',
        'last_range',
        'last_return',
        'last_return_size',
      ] as const;
      const markets = { market_last_range: 'last_range', market_range_fast: 'range_fast' } as const;
      expect(Object.keys(known.scale)).toEqual([...names, ...Object.keys(markets), 'market_last_return']);
      for (const name of names) expectClose(known.scale[name]!, of(name), name);
      for (const [name, column] of Object.entries({ ...markets, market_last_return: 'last_return' as const })) {
        expectClose(known.scale[name]!, Array<number>(symbols).fill(mean(of(column))), name);
      }
      const apart = (values: readonly number[]) => values.map((value) => value - mean(values));
      expectClose(known.centre['last_return_apart']!, apart(of('last_return')), 'last return apart');
      expectClose(known.centre['close_location_apart']!, apart(of('location')), 'location apart');
    },
  );

  it('has the limits of the session, as columns of the whole panel have them', () => {
    const { lower, upper } = limitColumns(panel);
    for (const { session, limits } of sessions) {
      const from = (session - 1) * symbols;
      expect([...limits.lower]).toEqual([...lower.subarray(from, from + symbols)]);
      expect([...limits.upper]).toEqual([...upper.subarray(from, from + symbols)]);
    }
  });

  it('has the evening and the VIX for 08:30 alone, where it stands against its last sixty mornings', () => {
    const names = ['market_return_1', 'market_variance_80', 'market_variance_97'];
    const { rows, values } = computeFeatures(panel, { names });
    for (const { session, morning } of sessions) {
      const t = session - 1;
      for (const [f, name] of names.entries()) {
        const from = f * rows + t * symbols;
        expect([...morning[name]!]).toEqual([...values.subarray(from, from + symbols)]);
      }
      const usual = mean(Array.from(vix.subarray(Math.max(0, t - 59), t + 1), Math.log));
      expectClose(morning['vix_change']!, Array<number>(symbols).fill(vixMove(t)), 'change');
      expectClose(morning['vix_above_usual']!, Array<number>(symbols).fill(Math.log(vix[t]!) - usual), 'above usual');
    }
    for (const { morning } of dailySessions({ panel, overnight, vix }, false)) expect(morning).toEqual({});
  });

  it('has neither America nor the VIX where they are not known', () => {
    for (const { abroad, beta, morning } of dailySessions({ panel }, true)) {
      expect(abroad).toEqual({ america: NaN, vix: NaN });
      for (const column of [beta.america, beta.vix, morning['vix_change']!, morning['vix_above_usual']!]) {
        expect([...column]).toEqual([NaN, NaN, NaN]);
      }
    }
  });
});

/** What is known of three symbols before a session in round numbers. */
const known: DailyKnown = {
  session: 1,
  previousClose: Float64Array.of(1000, 2010, 500),
  base: Float64Array.of(1000, 2000, 500),
  whole: Float64Array.of(0.02, 0.01, 0.02),
  within: Float64Array.of(0.01, 0.02, 0.04),
  abroad: { america: -2, vix: 3 },
  beta: { america: Float64Array.of(0.5, 3, -3), vix: Float64Array.of(-0.5, 2, -2) },
  limits: { lower: Float64Array.of(700, 1500, 400), upper: Float64Array.of(1300, 2500, 600) },
  scale: { level: Float64Array.of(1, 2, 3) },
  centre: { last_return_apart: Float64Array.of(4, 5, 6) },
  morning: { vix_change: Float64Array.of(7, 8, 9) },
};
const gaps = [0.5, -1.5, 8];
const opens = Float64Array.from(gaps, (gap, s) => known.base[s]! * Math.exp(gap * known.whole[s]!));
const moves = [0.5, 2, 20];
const now = {
  open: opens,
  price: opens.map((price, s) => price * Math.exp(moves[s]! * known.within[s]!)),
  high: opens.map((price, s) => price * Math.exp(2 * known.within[s]!)),
  low: opens.map((price, s) => price * Math.exp((s - 2) * known.within[s]!)),
  variance: known.within.map((scale, s) => (scale * (s + 1)) ** 2),
};
const three = (value: number) => [value, value, value];

function rowAt(horizon: Parameters<typeof inDayRow>[0], knownThen: DailyKnown = known, snapshot = now) {
  const { scale, centre, ...row } = inDayRow(horizon, knownThen, snapshot);
  return { scale, centre, row };
}

function expectColumns(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  expected: Readonly<Record<string, readonly number[]>>,
) {
  expect(Object.keys(columns)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) expectClose(columns[name]!, values, name);
}

const gapMean = (0.5 - 1.5 + 8) / 3;
const apart = gaps.map((gap) => gap - gapMean);
const size = (value: number) => Math.log(0.1 + Math.abs(value));
const beyond = (value: number) => Math.log(Math.max(1, Math.abs(value)));
const abroadScale = { abroad: three(-2), abroad_size: three(Math.log(2.1)), abroad_fall: three(Math.log(4)) };
const [level, lastApart] = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('the row of a session', () => {
  it('knows at 08:30 the night abroad and the evening, and starts from the close less the dividend', () => {
    const { scale, centre, row } = rowAt('close@08:30');
    expect(row).toEqual({
      price: known.base,
      previousClose: known.previousClose,
      limits: known.limits,
      ewma: known.whole,
    });
    expectColumns(scale, { level, ...abroadScale, vix_change: [7, 8, 9] });
    expectColumns(centre, {
      last_return_apart: lastApart,
      follows_abroad: [-1, -4, 4],
      follows_vix: [-1.5, 4, -4],
    });
  });

  it('knows no fall abroad where America rose, and little of one of less than half its scale', () => {
    const fallAfter = (america: number) =>
      rowAt('close@08:30', { ...known, abroad: { america, vix: NaN } }).scale['abroad_fall']![0];
    expect([2, 0, -0.4, -0.5].map(fallAfter)).toEqual([0, 0, 0, 0]);
    expect(fallAfter(-1)).toBeCloseTo(Math.log(2), 12);
  });

  it('knows at the open the gap as well, against those of the other symbols', () => {
    const { scale, centre, row } = rowAt('close@open');
    expect(row).toEqual({
      price: now.price,
      previousClose: known.previousClose,
      limits: known.limits,
      ewma: known.within,
    });
    expectColumns(scale, {
      level,
      ...abroadScale,
      gap: gaps,
      gap_size: gaps.map(size),
      gap_apart_size: apart.map(size),
      gap_beyond_1: gaps.map(beyond),
      gap_beyond_2: gaps.map((gap) => beyond(gap / 2)),
      gap_apart_beyond_1: apart.map(beyond),
      market_gap: three(gapMean),
      market_gap_size: three(size(gapMean)),
      market_gap_spread: three((size(0.5) + size(1.5) + size(8)) / 3),
    });
    expectColumns(centre, { last_return_apart: lastApart, gap_apart: [apart[0]!, -3, 3] });
  });

  it('knows later on how far the session has come', () => {
    const { scale, centre } = rowAt('close@10:00');
    expectColumns(scale, {
      level: [0.01, 0.02, 0.04].map(Math.log),
      range_so_far: [4, 3, 2].map(size),
      size_of_gap: gaps.map(size),
      volatility_so_far: [1, 2, 3].map(size),
      market_range_so_far: three((size(4) + size(3) + size(2)) / 3),
    });
    const moveMean = (0.5 + 2 + 6) / 3;
    expectColumns(centre, {
      last_return_apart: lastApart,
      gap_apart: [apart[0]!, -3, 3],
      move_apart: [0.5 - moveMean, 2 - moveMean, 3],
    });
  });

  it('takes no gap for more than twelve scales', () => {
    const open = now.open.map((price, s) => (s === 2 ? known.base[2]! * Math.exp(20 * known.whole[2]!) : price));
    const later = rowAt('close@open', known, { ...now, open }).scale;
    expect(later['gap']![2]).toBe(12);
    expect(rowAt('close@10:00', known, { ...now, open }).scale['size_of_gap']![2]).toBeCloseTo(size(12), 12);
  });
});
