import { computeFeatures, limitColumns, mapBars, seededRandom } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { type DailyKnown, dailySessions } from './daily-known.ts';

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
