/** Common returns without which a correlation says nothing. */
const fewestCommon = 20;

/**
 * Pearson's correlation of the returns that two symbols have in common.
 *
 * @param one daily log returns by session of the window, NaN where there is none
 * @returns NaN where fewer than 20 are common, or one of them did not move
 */
export function correlation(one: Float64Array, other: Float64Array): number {
  let [count, meanOne, meanOther, varianceOne, varianceOther, covariance] = [0, 0, 0, 0, 0, 0];
  for (const [t, x] of one.entries()) {
    const y = other[t]!;
    if (Number.isNaN(x + y)) continue;
    count += 1;
    // Welford's way: sums of products about the mean so far.
    const [dx, dy] = [x - meanOne, y - meanOther];
    meanOne += dx / count;
    meanOther += dy / count;
    varianceOne += dx * (x - meanOne);
    varianceOther += dy * (y - meanOther);
    covariance += dx * (y - meanOther);
  }
  return count < fewestCommon ? Number.NaN : covariance / Math.sqrt(varianceOne * varianceOther);
}
