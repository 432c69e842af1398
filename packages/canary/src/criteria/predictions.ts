import { targetCoverage } from '@daytrade/contracts/objective';
import { normalQuantile } from '@daytrade/series';
import type { ForecastInterval, PredictionPair } from '../canary-interval.ts';
import type { CanarySettings } from '../canary-settings.ts';
import type { Finding } from '../finding.ts';
import { betweenLimits, type Chances } from '../statistics/between-limits.ts';
import { clusteredMean } from '../statistics/clustered-mean.ts';

/** A pair that both versions answered for the same session. */
export interface ComparedPair {
  readonly stable: ForecastInterval;
  readonly canary: ForecastInterval;
}

/** The pairs in which both intervals are of one session and made of the same bars: the others are stale. */
export function comparedPairs(pairs: readonly PredictionPair[]): readonly ComparedPair[] {
  return pairs.flatMap(({ stable, canary }) =>
    canary?.lastSession === stable.lastSession ? [{ stable, canary }] : [],
  );
}

/** Half the width of an interval of the promised coverage, in standard deviations of a normal forecast. */
const halfWidth = normalQuantile(0.5 + targetCoverage / 2);

/** What the deviation of one symbol's shift is at least: two versions with one model agree to the last digit. */
const leastShiftDeviation = 0.25;
const leastWidthDeviation = 0.1;

/** Whether the canary predicts other prices: how far the middles lie apart, in stable standard deviations. */
export function judgePredictions(pairs: readonly ComparedPair[], settings: CanarySettings, chances: Chances): Finding {
  const shifts = pairs.map(({ stable, canary }) => Math.abs(middle(canary) - middle(stable)) / deviation(stable));
  return judgeMean(shifts, leastShiftDeviation, settings, {
    criterion: 'predictions',
    limit: settings.limits.shift,
    chances,
    text: (mean) => `middles of intervals ${mean.toFixed(2)} standard deviations from the stable ones`,
  });
}

/** Whether the canary's intervals are of another width. */
export function judgeWidth(pairs: readonly ComparedPair[], settings: CanarySettings, chances: Chances): Finding {
  const ratios = pairs.map(({ stable, canary }) => Math.log(width(canary) / width(stable)));
  const narrower = ratios.reduce((sum, ratio) => sum + ratio, 0) < 0;
  const away = ratios.map((ratio) => (narrower ? -ratio : ratio));
  return judgeMean(away, leastWidthDeviation, settings, {
    criterion: 'width',
    limit: settings.limits.width,
    chances,
    text: (mean) =>
      narrower
        ? `intervals ${(100 * (1 - Math.exp(-mean))).toFixed(1)} % narrower`
        : `intervals ${(100 * (Math.exp(mean) - 1)).toFixed(1)} % wider`,
  });
}

interface MeanCriterion extends Pick<Finding, 'criterion'> {
  readonly limit: { readonly tolerated: number; readonly refused: number };
  readonly chances: Chances;
  readonly text: (mean: number) => string;
}

function judgeMean(
  values: readonly number[],
  leastDeviation: number,
  { minSymbols, clustering }: CanarySettings,
  { criterion, limit, chances, text }: MeanCriterion,
): Finding {
  if (values.length < minSymbols) {
    return { criterion, verdict: 'none', text: `${values.length} symbols predicted by both, ${minSymbols} are needed` };
  }
  // One session is one cluster: all symbols share what a version thinks of the market.
  const cluster = { size: values.length, correlation: clustering.forecasts, leastDeviation };
  const { mean, error } = clusteredMean(values, cluster);
  const verdict = betweenLimits(limit, (at) => (mean - at) / error, chances);
  return { criterion, verdict, text: `${text(mean)}, ${values.length} symbols` };
}

function middle({ lower, upper }: ForecastInterval): number {
  return Math.log(lower * upper) / 2;
}

function width({ lower, upper }: ForecastInterval): number {
  return Math.log(upper / lower);
}

function deviation(interval: ForecastInterval): number {
  return width(interval) / 2 / halfWidth;
}
