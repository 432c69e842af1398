import { ComparedRanks } from './compared-ranks';
import { Numbers, Operator } from './operator';
import { SortedRanks } from './sorted-ranks';

/**
 * Rank of the symbol's number among the known ones of the session, in (0, 1), ties at their middle:
 * (numbers below + half of those equal, itself included) / count.
 */
export class RankAcross extends Operator {
  private compared: ComparedRanks;
  private sorted: SortedRanks;

  constructor(width: i32) {
    super();
    this.compared = new ComparedRanks(width);
    this.sorted = new SortedRanks(width);
  }

  take(count: i32, width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    for (let first = 0; first < count; first += width) {
      const isWritten = width <= mostComparisons && this.compared.write(x, first, output);
      if (!isWritten) this.sorted.write(x, first, first + width, output);
    }
  }
}

/** Comparing each with all others takes longer than sorting where there are more symbols. */
const mostComparisons = 256;
