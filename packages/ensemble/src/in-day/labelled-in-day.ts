import type { InDayHorizon } from '@daytrade/market';
import { sessionBars } from '@daytrade/series';
import { type LabelledRows, ofMembers } from '../dataset.ts';
import { EwmaScale } from '../intervals/ewma-scale.ts';
import { knownAtHorizon } from './horizon-path.ts';
import type { InDayBars } from './in-day-bars.ts';

/**
 * The labels and scales of the dataset of a horizon from the open on, without what is learned from: that takes far
 * longer.
 */
export function labelledInDay(bars: InDayBars, horizon: Exclude<InDayHorizon, 'close@08:30'>): LabelledRows {
  const { panel } = bars;
  const [symbols, sessions] = [panel.symbols.length, panel.days.length];
  const label = new Float64Array(symbols * sessions).fill(NaN);
  const scale = label.slice();
  const within = panel.symbols.map(() => new EwmaScale());
  for (let t = 1; t < sessions; t += 1) {
    const [before, own] = [sessionBars(panel, t - 1), sessionBars(panel, t)];
    for (const [s, ewma] of within.entries()) ewma.observe(Math.log(before.close[s]! / before.open[s]!));
    const now = knownAtHorizon(bars, t, horizon);
    if (now === undefined) continue;
    for (const [s, ewma] of within.entries()) {
      const row = (t - 1) * symbols + s;
      label[row] = Math.log(own.close[s]! / now.price[s]!);
      scale[row] = ewma.value;
    }
  }
  return { symbols, sessions, label, scale: ofMembers(scale, panel.members) };
}
