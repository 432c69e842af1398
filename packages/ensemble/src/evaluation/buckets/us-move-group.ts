import { type BucketGroup, rangeGroup } from './bucket-group.ts';

/** Bounds of a log return in New York: beyond the outer ones is a night of some in a year. */
const bounds = [-0.025, -0.015, -0.005, 0.005, 0.015, 0.025];

/**
 * What New York did in the night before the predicted session. The evening did not know it, 08:30 does.
 *
 * @param overnight log return by session t, known at 08:30 of session t + 1; NaN where it is not known
 */
export function usMoveGroup(overnight: Float64Array): BucketGroup {
  return rangeGroup(
    'us-move',
    bounds,
    ({ t }) => overnight[t] ?? Number.NaN,
    (bound) => `${(100 * bound).toFixed(1)} %`,
  );
}
