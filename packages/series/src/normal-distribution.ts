/** The distribution function of the standard normal distribution, to 1e-15: a series, beyond 6 a continued fraction. */
export function normalDistribution(x: number): number {
  if (x < 0) return 1 - normalDistribution(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 6) {
    let fraction = x;
    for (let k = 40; k >= 1; k -= 1) fraction = x + k / fraction;
    return 1 - density / fraction;
  }
  let [term, sum] = [x, x];
  for (let k = 1; Math.abs(term) > 1e-17; k += 1) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + density * sum;
}

/** The value below which a share of the standard normal distribution lies, by bisection of the above. */
export function normalQuantile(share: number): number {
  let [low, high] = [-40, 40];
  for (let i = 0; i < 80; i += 1) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
