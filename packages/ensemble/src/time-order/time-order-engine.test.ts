import { parseSymbol } from '@daytrade/market';
import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { readBlockFile, writeBlockFile } from '../ensemble-file.ts';
import type { SessionForecast, SessionInput } from './session-forecast.ts';
import { type EngineState, TimeOrderEngine } from './time-order-engine.ts';

const symbols = ['0101', '0102', '0103', '0104'].map((code) => ({
  symbol: parseSymbol(code),
  tickTable: 'standard' as const,
  priceBasis: 'traded' as const,
}));
const options = { combination: 'stacking' as const, members: [{}, {}] };

interface Session {
  readonly input: SessionInput;
  readonly label: Float64Array;
  readonly paid?: Float64Array;
}

/** Sessions whose true scale is `factor(t)` times the one that the heads say. */
function simulate(sessions: number, factor: (t: number) => number): readonly Session[] {
  const random = seededRandom(31);
  const column = (make: () => number) => Float64Array.from(symbols, make);
  const normal = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
  return Array.from({ length: sessions }, (_, t) => {
    const ewma = column(() => 0.01 * (1 + random()));
    return {
      input: {
        lastClose: column(() => 1000),
        limits: { lower: column(() => 700), upper: column(() => 1300) },
        ewma,
        scaleFactor: column(() => 0.8 + 0.4 * random()),
        har: column(() => 1),
        quantiles: { lower: column(() => -1.8), upper: column(() => 1.8) },
        centres: [column(() => 0.1 * normal()), column(() => 0.1 * normal())],
      },
      label: ewma.map((scale) => scale * factor(t) * normal()),
    };
  });
}

function run(engine: TimeOrderEngine, sessions: readonly Session[]): readonly SessionForecast[] {
  return sessions.map(({ input, label, paid }) => {
    const forecast = engine.forecast(input);
    engine.observe(input, forecast, label, paid);
    return forecast;
  });
}

/** Three wild sessions in forty, so that the methods part. */
const calmThenWild = (t: number) => (t % 40 < 3 ? 3 : 1);

describe('the engine', () => {
  it('publishes one of the intervals that it makes, around the centre, narrower than the band once it is ready', () => {
    const forecasts = run(new TimeOrderEngine(symbols, options), simulate(200, calmThenWild));
    for (const { intervals, method, centre, ready, demoted } of forecasts) {
      expect(demoted).toBe(method === 'har');
      for (const { lower, upper } of Object.values(intervals)) {
        for (const [s, middle] of centre.entries()) {
          expect(lower[s]! <= 1000 * Math.exp(middle) && 1000 * Math.exp(middle) <= upper[s]!).toBe(true);
        }
      }
      if (ready[0]) expect(intervals[method].upper[0]! - intervals[method].lower[0]!).toBeLessThan(600);
    }
    expect(forecasts.at(-1)!.ready).toEqual([true, true, true, true]);
  });

  it('says the same whatever happens afterwards, also while it chooses between methods', () => {
    const sessions = simulate(420, calmThenWild);
    const said = run(new TimeOrderEngine(symbols, options), sessions);
    for (const t of [300, 360, 419]) {
      const changed = sessions.map((session, i) =>
        i < t ? session : { ...session, label: session.label.map((y) => 5 * y + 0.01) },
      );
      expect(run(new TimeOrderEngine(symbols, options), changed).slice(0, t + 1)).toEqual(said.slice(0, t + 1));
    }
  });

  it('goes on from its state, through a file, as if it had never stopped', () => {
    const sessions = simulate(330, calmThenWild);
    const whole = run(new TimeOrderEngine(symbols, options), sessions);
    const first = new TimeOrderEngine(symbols, options);
    run(first, sessions.slice(0, 280));
    const state = readBlockFile(writeBlockFile(first.state())) as EngineState;
    expect(run(new TimeOrderEngine(symbols, options, state), sessions.slice(280))).toEqual(whole.slice(280));
  });

  it('puts intervals lower by an expected dividend, and learns from the return with the one that was paid', () => {
    const sessions = simulate(200, calmThenWild);
    const yen = Float64Array.from(symbols, () => 20);
    const withDividends = sessions.map((session) => ({
      ...session,
      input: { ...session.input, expectedDividend: yen },
      paid: yen,
    }));
    const plain = run(new TimeOrderEngine(symbols, options), sessions);
    const lower = run(new TimeOrderEngine(symbols, options), withDividends);
    for (const [t, forecast] of plain.entries()) {
      const interval = forecast.intervals[forecast.method];
      if (!forecast.ready[0] || interval.lower[0]! < 730 || interval.upper[0]! >= 1300) continue;
      expect(lower[t]!.centre).toEqual(forecast.centre);
      expect(lower[t]!.intervals[forecast.method].upper[0]).toBe(interval.upper[0]! - 20);
    }
  });

  it.each([
    [1000, 1300, 4],
    [700, 1000, 4],
    [1001, 1300, 0],
    [700, 999, 0],
  ])('counts closes of 1,000 inside limits of %i to %i, also those on a bound: %i of 4', (lower, upper, inside) => {
    const engine = new TimeOrderEngine(symbols, options);
    run(
      engine,
      simulate(100, () => 1),
    );
    const [{ input }] = simulate(1, () => 1) as [Session];
    const limits = { lower: new Float64Array(4).fill(lower), upper: new Float64Array(4).fill(upper) };
    const [forecast] = run(engine, [{ input: { ...input, limits }, label: new Float64Array(4) }]);
    expect(forecast!.ready).toEqual([true, true, true, true]);
    for (const { inside: counts, judged } of Object.values(engine.state().choice.records)) {
      expect([counts.at(-1), judged.at(-1)]).toEqual([inside, 4]);
    }
  });

  it('learns nothing from symbols without an outcome, and of those that are not ready their scores alone', () => {
    const engine = new TimeOrderEngine(symbols, options);
    const sessions = simulate(15, () => 1);
    for (const { label } of sessions) label[1] = NaN;
    const forecasts = run(engine, sessions);
    expect(forecasts.at(-1)!.ready).toEqual([false, false, false, false]);
    const { choice, tracks, har } = engine.state();
    for (const { judged } of Object.values(choice.records)) expect(judged).toHaveLength(0);
    expect(symbols.map(({ symbol }) => tracks.symbols[symbol]!.ewma.scores.length)).toEqual([15, 0, 15, 15]);
    expect(har.scores).toHaveLength(45);
    const [last] = [sessions[14]!];
    expect(tracks.symbols['0101']!.ewma.scores.at(-1)).toBeCloseTo(Math.abs(last.label[0]!) / last.input.ewma[0]!, 12);
    expect(tracks.symbols['0101']!.scales.at(-1)).toBe(last.input.ewma[0]! * last.input.scaleFactor[0]!);
    expect(har.scores.at(-3)).toBeCloseTo(Math.abs(last.label[0]!) / last.input.ewma[0]!, 12);
    const { centre, scale } = forecasts[14]!;
    expect(tracks.symbols['0101']!.ensemble.scores.at(-1)).toBeCloseTo(
      Math.abs(last.label[0]! - centre[0]!) / scale[0]!,
      12,
    );
    expect(tracks.symbols['0101']!.quantile.scores.at(-1)).toBeCloseTo(Math.abs(last.label[0]! / scale[0]!) - 1.8, 12);
  });

  it('learns of a class by how much its intervals would have had to be stretched to reach the close', () => {
    const adjusted = symbols.map((symbol) => ({ ...symbol, priceBasis: 'fully-adjusted' as const }));
    const engine = new TimeOrderEngine(adjusted, options);
    const classes = [undefined, 'after-last', undefined, 'in-session'] as const;
    // The first member knows a part of the return, so that the centre is not 0.
    const sessions = simulate(160, calmThenWild).map(({ input, label }, t) => {
      const known = input.centres[0]!.map((z) => 10 * z);
      return {
        input: { ...input, centres: [known, input.centres[1]!], ...(t % 3 === 0 ? { classes } : {}) },
        label: label.map((y, s) => y + known[s]! * input.ewma[s]!),
      };
    });
    const needed: number[] = [];
    for (const { input, label } of sessions) {
      const forecast = engine.forecast(input);
      engine.observe(input, forecast, label);
      if (input.classes === undefined || !forecast.ready[1]) continue;
      const { lower, upper } = forecast.intervals['ensemble-regime'];
      const off = label[1]! - forecast.centre[1]!;
      const reach = Math.abs(Math.log((off < 0 ? lower[1]! : upper[1]!) / 1000) - forecast.centre[1]!);
      needed.push((forecast.stretch[1]! * Math.abs(off)) / reach);
    }
    const learned = engine.state().results['after-last'];
    expect(learned.length).toBeGreaterThan(20);
    expect(learned).toHaveLength(needed.length);
    // Bounds are rounded to five digits.
    for (const [i, stretch] of learned.entries()) expect(stretch / needed[i]!).toBeCloseTo(1, 2);
    expect(engine.state().results['after-weekend']).toHaveLength(0);
    // The yardstick learns its own, once it has a width.
    expect(engine.state().har.stretch['after-last'].length).toBeGreaterThan(40);
  });

  it('demotes the ensemble while every method misses too often, and publishes it again afterwards', () => {
    const growing = (t: number) => (t < 400 ? 1 : t < 500 ? 1.015 ** (t - 400) : 1.015 ** 100);
    const methods = run(new TimeOrderEngine(symbols, options), simulate(1000, growing)).map(({ method }) => method);
    expect(methods.slice(0, 300).every((method) => method === 'ensemble-regime')).toBe(true);
    expect(methods.slice(400, 700)).toContain('har');
    expect(methods.at(-1)).not.toBe('har');
  });

  it('orders symbols by what members say of them against each other, not by what is said of the market', () => {
    const members = [{ target: 'rank' }, { target: 'market' }] as const;
    const sessions = simulate(60, calmThenWild).map(({ input, label }) => ({
      input: { ...input, centres: [input.centres[0]!, input.centres[1]!.map(() => input.centres[1]![0]!)] },
      label,
    }));
    const forecasts = run(new TimeOrderEngine(symbols, { combination: 'voting', members }), sessions);
    for (const [t, { centres, combined, ordering }] of forecasts.entries()) {
      const [relative, market] = centres;
      expect(relative!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
      expect(market).toEqual(sessions[t]!.input.centres[1]);
      const shared = combined.voting.map((value, s) => value - ordering.voting[s]!);
      for (const value of shared) expect(value).toBeCloseTo(shared[0]!, 12);
      expect(ordering.voting.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    }
  });

  it('stretches the intervals of earnings dates as far as they need, and no others', () => {
    const random = seededRandom(5);
    const results = Array.from({ length: 900 }, () => {
      return symbols.map(() => (random() < 0.3 ? ('after-last' as const) : undefined));
    });
    const sessions = simulate(900, () => 1).map((session, t) => ({
      ...session,
      label: session.label.map((y, s) => (results[t]![s] === 'after-last' ? 4 * y : y)),
    }));
    const knowing = sessions.map((session, t) => ({ ...session, input: { ...session.input, classes: results[t]! } }));
    const coverageOf = (own: readonly Session[], name: 'after-last' | undefined) => {
      const inside = run(new TimeOrderEngine(symbols, options), own).flatMap(({ intervals }, t) => {
        if (t < 450) return [];
        return symbols.flatMap((_, s) => {
          if (results[t]![s] !== name) return [];
          const close = 1000 * Math.exp(own[t]!.label[s]!);
          const { lower, upper } = intervals['ensemble-regime'];
          return close >= lower[s]! && close <= upper[s]! ? 1 : 0;
        });
      });
      return inside.reduce((sum: number, one) => sum + one, 0) / inside.length;
    };
    expect(coverageOf(sessions, 'after-last')).toBeLessThan(0.85);
    expect(coverageOf(sessions, undefined)).toBeGreaterThan(0.97);
    for (const name of ['after-last', undefined] as const) {
      expect(coverageOf(knowing, name)).toBeGreaterThan(0.91);
      expect(coverageOf(knowing, name)).toBeLessThan(0.95);
    }
  });
});
