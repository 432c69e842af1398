import { addressOf } from './lanes';
import { Numbers } from './operator';

/** Copies `width` numbers of each session from where sessions have `fromWidth` to where they have `toWidth`. */
export function copyRows(sessions: i32, width: i32, from: Numbers, fromWidth: i32, to: Numbers, toWidth: i32): void {
  const length = (width as usize) << 3;
  for (let k = 0; k < sessions; k += 1) memory.copy(addressOf(to, k * toWidth), addressOf(from, k * fromWidth), length);
}
