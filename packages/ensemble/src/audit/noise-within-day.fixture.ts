import { type Panel, seededRandom } from '@daytrade/series';
import { noiseIntradayBars } from '@daytrade/series/testing';
import type { WithinDayBars } from './audit-within-day.ts';

/** A panel of noise with 5-minute bars between its opens and closes, and nights abroad that say nothing of it. */
export function noiseWithinDay(panel: Panel, seed: number): WithinDayBars {
  const random = seededRandom(seed);
  const overnight = Float64Array.from(panel.days, () => 0.04 * (random() - 0.5));
  const vix = Float64Array.from(panel.days, () => 10 + 30 * random());
  return { panel, bars: noiseIntradayBars(panel, seed), overnight, vix };
}
