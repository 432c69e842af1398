import { addressOf, pairAt } from './lanes';
import { Numbers } from './operator';

/** Copies `width` numbers of each session from where sessions have `fromWidth` to where they have `toWidth`. */
export function copyRows(sessions: i32, width: i32, from: Numbers, fromWidth: i32, to: Numbers, toWidth: i32): void {
  const length = (width as usize) << 3;
  for (let k = 0; k < sessions; k += 1) memory.copy(addressOf(to, k * toWidth), addressOf(from, k * fromWidth), length);
}

/** Rounds `count` numbers to 32 bits, one behind the other from address `to` on, where there is room for three more. */
export function roundRows(count: i32, from: Numbers, to: usize): void {
  for (let row = 0; row < count; row += 4) {
    const first = f32x4.demote_f64x2_zero(pairAt(from, row));
    const second = f32x4.demote_f64x2_zero(pairAt(from, row + 2));
    v128.store(to + ((row as usize) << 2), i64x2.shuffle(first, second, 0, 2));
  }
}
