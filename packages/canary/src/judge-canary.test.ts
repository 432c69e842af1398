import { instantOf, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { usualCanary } from './canary-settings.ts';
import { closed, interval, pairs, traffic } from './interval.fixture.ts';
import { judgeCanary } from './judge-canary.ts';

const judge = (...history: readonly ReturnType<typeof interval>[]) => judgeCanary(history, usualCanary);

describe('a healthy canary', () => {
  it('goes up by a step, to the max weight, and is promoted there', () => {
    expect(judge(interval())).toMatchObject({ action: 'advance', weight: 20 });
    expect(judge(interval({ weight: 45 }))).toMatchObject({ action: 'advance', weight: 50 });
    expect(judge(interval({ weight: 50 })).action).toBe('promote');
  });

  it('says why in figures', () => {
    expect(judge(interval()).reason).toBe(
      'failed requests: 1 of 1000 (0.1 %), stable 9 of 9000 (0.1 %); slower than 0.25 s: 0.0 %, stable 0.0 %; ' +
        'median 30 ms, stable 30 ms; middles of intervals 0.00 standard deviations from the stable ones, ' +
        '100 symbols; intervals 0.0 % wider, 100 symbols; no session is over yet; ' +
        'predictions of older bars, or none: 0.0 % of 100 symbols',
    );
  });

  it.each(['09:00', '12:00', '15:29'])('is not promoted within a session, at %s, unless it is forced', (time) => {
    const history = [interval({ weight: 50, endedAt: instantOf(parseTradeDate('2026-06-12'), time) })];
    expect(judgeCanary(history, usualCanary)).toMatchObject({
      action: 'hold',
      reason: expect.stringContaining('not promoted within a trading session'),
    });
    expect(judgeCanary(history, usualCanary, { forced: true }).action).toBe('promote');
  });

  it('is promoted on a day without a session', () => {
    const endedAt = instantOf(parseTradeDate('2026-06-13'), '10:00');
    expect(judge(interval({ weight: 50, endedAt })).action).toBe('promote');
  });
});

describe('a bad canary is rolled back', () => {
  it.each([
    ['errors', { canary: traffic(1_000, { failed: 0.05 }) }, 'failed requests: 50 of 1000 (5.0 %)'],
    ['latency', { canary: traffic(1_000, { slower: 2 }) }, 'slower than 0.25 s: 100.0 %'],
    ['predictions', { pairs: pairs({ shift: 2 }) }, '2.00 standard deviations from'],
    ['predictions', { pairs: pairs({ shift: -2 }) }, '2.00 standard deviations from'],
    ['width', { pairs: pairs({ width: 0.6 }) }, 'intervals 40.0 % narrower'],
    ['width', { pairs: pairs({ width: 2 }) }, 'intervals 100.0 % wider'],
    ['coverage', { closed: closed(20, 28) }, 'closes inside: 72.0 %, stable 95.0 %, 2000 of 20 sessions'],
  ])('for its %s', (criterion, change, text) => {
    const decision = judge(interval(change));
    expect(decision).toMatchObject({ action: 'roll-back', reason: expect.stringContaining(text) });
    expect(decision.findings.filter(({ verdict }) => verdict === 'bad').map((found) => found.criterion)).toEqual([
      criterion,
    ]);
  });

  it('for stale predictions that stay stale for two intervals, and held in the first', () => {
    const stale = interval({ pairs: pairs({ stale: 0.5 }) });
    expect(judge(interval(), stale)).toMatchObject({ action: 'hold' });
    expect(judge(stale, stale)).toMatchObject({
      action: 'roll-back',
      reason: 'predictions of older bars, or none: 50.0 % of 100 symbols, for two intervals',
    });
    expect(judge(stale, interval()).action).toBe('advance');
  });

  it('for predictions that it does not have', () => {
    const lacking = interval({ pairs: pairs().map((pair) => ({ ...pair, canary: undefined })) });
    expect(judge(lacking).action).toBe('hold');
    expect(judge(lacking, lacking).action).toBe('roll-back');
  });

  it('in an interval after many good ones', () => {
    const before = Array.from({ length: 30 }, () => interval());
    expect(judge(...before, interval({ canary: traffic(1_000, { failed: 0.08 }) })).action).toBe('roll-back');
  });
});

describe('a canary is held', () => {
  it('with too little traffic to it, or to the stable version', () => {
    expect(judge(interval({ canary: traffic(499) })).reason).toBe(
      'too little traffic: 499 requests to the canary, 500 are needed',
    );
    expect(judge(interval({ stable: traffic(30) }))).toMatchObject({ action: 'hold' });
    expect(judge(interval({ canary: traffic(0), stable: traffic(0) }))).toMatchObject({ action: 'hold' });
  });

  it('with too little traffic, whatever else was found', () => {
    expect(judge(interval({ canary: traffic(60, { failed: 1 }), pairs: pairs({ shift: 2 }) })).action).toBe('hold');
  });

  it('with too few predictions', () => {
    expect(judge(interval({ pairs: [] }))).toMatchObject({ action: 'hold' });
    expect(judge(interval({ pairs: pairs({ count: 9 }) })).reason).toBe('9 symbols predicted by both, 10 are needed');
  });

  it('between tolerated and refused, until the threshold of intervals', () => {
    const between = interval({ canary: traffic(20_000, { failed: 0.02 }), stable: traffic(180_000) });
    expect(judge(...Array.from({ length: 9 }, () => between)).action).toBe('hold');
    expect(judge(...Array.from({ length: 10 }, () => between))).toMatchObject({
      action: 'roll-back',
      reason: expect.stringContaining('not certain after 10 intervals with enough traffic'),
    });
  });

  it('not nearer to the threshold by intervals that waited for the session to end', () => {
    const waiting = interval({ weight: 50, endedAt: instantOf(parseTradeDate('2026-06-12'), '10:00') });
    const stale = { ...waiting, pairs: pairs({ stale: 1 }) };
    expect(judge(...Array.from({ length: 20 }, () => waiting), stale).action).toBe('hold');
  });
});

it('narrower intervals pass where enough closes show that they miss no more', () => {
  const narrower = { pairs: pairs({ width: 0.65 }) };
  expect(judge(interval({ ...narrower, closed: closed(1, 5) })).action).toBe('roll-back');
  expect(judge(interval({ ...narrower, closed: closed(20, 5) })).action).toBe('advance');
});
