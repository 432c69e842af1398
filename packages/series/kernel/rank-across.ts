import { Numbers, Operator } from './operator';
import { SortedRanks } from './sorted-ranks';

/**
 * Rank of the symbol's number among the known ones of the session, in (0, 1), ties at their middle:
 * (numbers below + half of those equal, itself included) / count.
 */
export class RankAcross extends Operator {
  private sorted: SortedRanks;

  constructor(width: i32) {
    super();
    this.sorted = new SortedRanks(width);
  }

  take(count: i32, width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    for (let first = 0; first < count; first += width) this.sorted.write(x, first, first + width, output);
  }
}
