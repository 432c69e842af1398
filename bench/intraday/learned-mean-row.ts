import type { JudgedForecast } from '@daytrade/ensemble';
import { winklerScore } from '../ensemble/winkler.ts';
import { type Comparison, compare } from '../harness/result.ts';
import { ScoredDays, scoreOf } from './scored-days.ts';

/** What two horizons said of one symbol-day. */
export interface MorningAndEvening {
  readonly morning: JudgedForecast;
  readonly evening: JudgedForecast;
}

/** Sessions after which the weights are learned again; up to the first time both count alike. */
const relearnEvery = 63;
/** Weights of the evening that are tried. */
const tried = Array.from({ length: 11 }, (_, i) => i / 10);

/** By how much the evening counts, for the middle of an interval and for its width. */
interface Weights {
  readonly middle: number;
  readonly width: number;
}

/**
 * What a morning is worth that also knows the evening's published interval: middle and width lie between those of both
 * by weights that did best on all judged sessions before.
 *
 * @param pairs of judged symbol-days, session after session
 */
export function learnedMeanRow(pairs: readonly MorningAndEvening[]): Comparison {
  const sessions = [...Map.groupBy(pairs, ({ morning }) => morning.session).values()];
  const [besideEvening, besideMorning] = [new ScoredDays(), new ScoredDays()];
  let weights: Weights = { middle: 0.5, width: 0.5 };
  const all: Weights[] = [];
  let inside = 0;
  for (const [i, own] of sessions.entries()) {
    if (i > 0 && i % relearnEvery === 0) weights = bestWeights(sessions.slice(0, i).flat());
    all.push(weights);
    for (const pair of own) {
      const { session } = pair.morning;
      const score = scoreBetween(pair, weights);
      besideEvening.add(session, score.winkler, scoreOf(pair.evening));
      besideMorning.add(session, score.winkler, scoreOf(pair.morning));
      if (score.isInside) inside += 1;
    }
  }
  const mean = (of: keyof Weights) => (all.reduce((sum, own) => sum + own[of], 0) / all.length).toFixed(2);
  return compare({
    name: 'both intervals by weights learned in time order, Winkler lower than next-close',
    unit: 'bp',
    ours: besideEvening.oursBp,
    peer: { name: 'next-close', value: besideEvening.peerBp },
    figure: besideEvening.percentLower,
    kind: 'percent',
    note:
      `${besideEvening.interval}; lower than close@08:30 alone by ${besideMorning.percentLower.toFixed(2)} %, ` +
      `${besideMorning.interval}; coverage ${((100 * inside) / pairs.length).toFixed(2)} %; the evening counts ` +
      `${mean('middle')} of the middle and ${mean('width')} of the width`,
  });
}

function bestWeights(pairs: readonly MorningAndEvening[]): Weights {
  let best: Weights & { readonly sum: number } = { middle: NaN, width: NaN, sum: Infinity };
  for (const middle of tried) {
    for (const width of tried) {
      const sum = pairs.reduce((total, pair) => total + scoreBetween(pair, { middle, width }).winkler, 0);
      if (sum < best.sum) best = { middle, width, sum };
    }
  }
  return best;
}

function scoreBetween({ morning, evening }: MorningAndEvening, weights: Weights) {
  const [one, other] = [inLogarithms(morning), inLogarithms(evening)];
  const middle = one.middle + weights.middle * (other.middle - one.middle);
  const half = one.half + weights.width * (other.half - one.half);
  const close = Math.log(morning.close!);
  return {
    winkler: winklerScore(middle - half, middle + half, close),
    isInside: Math.abs(close - middle) <= half,
  };
}

function inLogarithms({ lower, upper }: JudgedForecast) {
  return { middle: Math.log(lower * upper) / 2, half: Math.log(upper / lower) / 2 };
}
