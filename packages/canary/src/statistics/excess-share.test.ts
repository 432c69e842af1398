import { readFileSync } from 'node:fs';
import { normalQuantile, seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { excessShare } from './excess-share.ts';

interface Golden {
  readonly first: readonly [number, number];
  readonly second: readonly [number, number];
  readonly margin: number;
  readonly root: number;
}

const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL('../../oracles/excess_share.golden.json', import.meta.url), 'utf8'),
);
const share = ([hits, count]: readonly [number, number]) => ({ hits, count });

describe('the excess of a share', () => {
  it.each(golden)('is that of the closed form: $first, $second, $margin', ({ first, second, margin, root }) => {
    expect(excessShare(share(first), share(second), margin, 1)).toBeCloseTo(root, 5);
  });

  it('counts clusters as fewer observations', () => {
    const [one, other] = [share([25, 500]), share([20, 4500])];
    expect(excessShare(one, other, 0.005, 4)).toBeCloseTo(excessShare(one, other, 0.005, 1) / 2, 12);
  });

  it('is nothing where nothing was observed', () => {
    expect(excessShare(share([0, 0]), share([3, 10]), 0.01, 1)).toBe(0);
  });

  it('is above the quantile of a chance as seldom as that, at the margin', () => {
    const random = seededRandom(11);
    const drawn = (count: number, chance: number) => {
      let hits = 0;
      for (let i = 0; i < count; i += 1) if (random() < chance) hits += 1;
      return { hits, count };
    };
    const bound = normalQuantile(0.99);
    let above = 0;
    for (let run = 0; run < 2_000; run += 1) {
      if (excessShare(drawn(500, 0.009), drawn(2_000, 0.004), 0.005, 1) > bound) above += 1;
    }
    expect(above).toBeLessThan(2_000 * 0.016);
    expect(above).toBeGreaterThan(0);
  });
});
