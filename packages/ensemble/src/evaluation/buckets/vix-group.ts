import { linearQuantile } from '../../intervals/sorted-window.ts';
import { type BucketGroup, rangeGroup } from './bucket-group.ts';

const fifths = [0.2, 0.4, 0.6, 0.8];

/**
 * The VIX as it stood before the predicted session opened, in fifths of the judged sessions.
 *
 * @param vix value by session t, known at 08:30 of session t + 1; NaN where it is not known
 * @param from first judged session
 */
export function vixGroup(vix: Float64Array, from: number): BucketGroup {
  const known = vix.subarray(from).filter(Number.isFinite).sort();
  const bounds = fifths.map((share) => linearQuantile(known, share));
  return rangeGroup(
    'vix',
    bounds,
    ({ t }) => vix[t] ?? Number.NaN,
    (bound) => bound.toFixed(1),
  );
}
