import type { LogReturnColumn } from '@daytrade/series';
import type { Outcomes } from '../../dataset.ts';
import type { BucketGroup } from './bucket-group.ts';

/** How many times larger the moves have to be. */
const jump = 3;
/** Sessions in which they are, and sessions before that they are compared with. */
const after = 5;
const before = 60;
/** Sessions since its beginning for which a jump is followed. */
const followed = 20;

/**
 * Sessions 6 to 20 after a symbol's volatility became three times as large: the mean |return| of 5 sessions is at least
 * three times that of the 60 before them. These five are known when the sixth is predicted; they have no bucket, since
 * they were picked for their moves.
 */
export function volatilityJumpGroup({ label, symbols, sessions }: Outcomes): BucketGroup {
  const ages = Array.from({ length: symbols }, (_, symbol) => {
    return sessionsSinceJump(Float64Array.from({ length: sessions }, (_, t) => label[t * symbols + symbol]!));
  });
  return {
    name: 'volatility-jump',
    buckets: ['6 .. 10', '11 .. 20', 'none'],
    placeOf: ({ t, symbol }) => {
      const age = ages[symbol]![t]!;
      return age === 0 ? 2 : age <= 10 ? 0 : 1;
    },
  };
}

/**
 * Which session after the beginning of a jump each row's forecast is for, 6 to 20; 0 without a jump. A missing return
 * counts as 0.
 *
 * @param label next-session log returns of one symbol, in time order
 */
export function sessionsSinceJump(label: LogReturnColumn): Uint8Array {
  const ages = new Uint8Array(label.length);
  const moves = Float64Array.from(label, (value) => (Number.isFinite(value) ? Math.abs(value) : 0));
  let known = 0;
  let newest = 0;
  let older = 0;
  for (let t = 1, age = 0; t < label.length; t += 1) {
    newest += moves[t - 1]! - (moves[t - 1 - after] ?? 0);
    older += (moves[t - 1 - after] ?? 0) - (moves[t - 1 - after - before] ?? 0);
    known += Number.isFinite(label[t - 1]!) ? 1 : 0;
    const jumps = known >= after + before && older > 0 && newest / after >= (jump * older) / before;
    if (age > 0 && age < followed) age += 1;
    else age = jumps ? after + 1 : 0;
    ages[t] = age;
  }
  return ages;
}
