/** Bars that the signal looks back on; with fewer before it, it is 0. */
const window = 20;
const reversalBars = 5;
const outlier = 3;

/** Deviation of the logarithm of volume against its mean of 20 bars, as the synthetic exchange makes it. */
const volumeDeviation = 0.45;

/**
 * What the synthetic exchange hides in its bars: a number of about unit variance at bar `i`, from closes and volumes
 * up to `i` only. A stock that fell over 5 bars, measured against the deviation of its last 20 returns, tends to rise
 * (short-term reversal, Jegadeesh 1990), and one with unusual volume too (Gervais, Kaniel & Mingelgrin 2001).
 *
 * @param closes yen, one a bar
 * @param volumes shares, one a bar, above 0
 */
export function weakSignal(closes: readonly number[], volumes: readonly number[], i: number): number {
  if (i < window) return 0;
  let squares = 0;
  let logVolumes = 0;
  for (let k = i - window + 1; k <= i; k++) {
    squares += Math.log(closes[k]! / closes[k - 1]!) ** 2;
    logVolumes += Math.log(volumes[k]!);
  }
  const fiveBarDeviation = Math.sqrt((squares / window) * reversalBars);
  const move = Math.log(closes[i]! / closes[i - reversalBars]!);
  const reversal = fiveBarDeviation > 0 ? clamp(-move / fiveBarDeviation) : 0;
  const attention = clamp((Math.log(volumes[i]!) - logVolumes / window) / volumeDeviation);
  return (reversal + attention) * Math.SQRT1_2;
}

function clamp(value: number): number {
  return Math.max(-outlier, Math.min(outlier, value));
}
