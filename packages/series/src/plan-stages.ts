import type { Series } from './series.ts';

/** Steps that run one after the other over the same symbols. */
export interface Stage {
  /** Whether each step takes all symbols, since it may need them together; else it takes a block at a time. */
  readonly isWhole: boolean;
  /** Each after those that it is computed from. */
  readonly series: readonly Series[];
}

/**
 * The series that have an operator, in as few stages as there can be: what needs all symbols of a session waits for
 * all blocks.
 *
 * @param series each after those that it is computed from
 * @param inBlocks whether symbols are taken in several blocks; else one stage takes all of them
 */
export function stagesOf(series: Iterable<Series>, inBlocks: boolean): readonly Stage[] {
  const isWhole = ({ scope, isAcross }: Series) => !inBlocks || scope === 'session' || isAcross;
  // Stages of even numbers are whole ones; what comes from outside is there at the first.
  const numbers = new Map<string, number>();
  const stages: Series[][] = [];
  for (const each of series) {
    const after = Math.max(0, ...each.inputs.map(({ formula }) => numbers.get(formula)!));
    const stage = each.operator === undefined ? 0 : after + (isWhole(each) === (after % 2 === 0) ? 0 : 1);
    numbers.set(each.formula, stage);
    if (each.operator === undefined) continue;
    while (stages.length <= stage) stages.push([]);
    stages[stage]!.push(each);
  }
  return stages.map((series, stage) => ({ isWhole: stage % 2 === 0, series }));
}
