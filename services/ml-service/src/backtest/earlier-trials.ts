import { mostSets, parameterSets, strategies } from '@daytrade/backtest';
import { backtestRequestSchema, type StrategyName } from '@daytrade/contracts';
import type { Stores } from '@daytrade/storage';

/** Runs of the ledger that are looked at, and bytes of a payload that are read. */
const mostRuns = 10_000;
const longestJson = 4_000;

/**
 * How often a strategy was tried before a run, by the ledger: each run counts, also one that nobody liked, with every
 * set of parameters that it may have tried.
 */
export async function earlierTrials(
  { runs }: Pick<Stores, 'runs'>,
  strategy: StrategyName,
  except: string,
): Promise<number> {
  const earlier = await runs.list({ job: 'backtest', status: 'succeeded', limit: mostRuns, longestJson });
  let trials = 0;
  for (const { id, payload } of earlier) {
    const request = backtestRequestSchema.safeParse(payload);
    if (id === except) continue;
    // What cannot be read any more may have been as large as can be.
    if (!request.success) trials += mostSets;
    else if (request.data.strategy === strategy) trials += setsOf(request.data);
  }
  return trials;
}

function setsOf({
  strategy,
  choose,
  parameters,
}: {
  readonly strategy: StrategyName;
  readonly choose: boolean;
  readonly parameters: Readonly<Record<string, number>>;
}): number {
  return choose ? parameterSets(strategies[strategy], parameters).length : 1;
}
