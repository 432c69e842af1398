import {
  type BacktestRequest,
  type BacktestResult,
  backtestRequestSchema,
  backtestResultSchema,
  type StrategyName,
} from '@daytrade/contracts';
import type { Stores } from '@daytrade/storage';
import { checkedParameters, parameterSets, strategies, trialKey } from '@daytrade/trading';

/** Runs of the ledger that are looked at, and bytes of a payload that are read to find those of the strategy. */
const mostRuns = 10_000;
const longestJson = 4_000;

/**
 * The trials of a strategy by the ledger: each distinct set of parameters, data, costs and period, also those of runs
 * that were disliked.
 */
export async function earlierTrials(
  { runs }: Pick<Stores, 'runs'>,
  strategy: StrategyName,
): Promise<ReadonlySet<string>> {
  const earlier = await runs.list({ job: 'backtest', status: 'succeeded', limit: mostRuns, longestJson });
  const trials = new Set<string>();
  for (const { id, payload } of earlier) {
    const request = backtestRequestSchema.safeParse(payload);
    if (request.success && request.data.strategy !== strategy) continue;
    const result = backtestResultSchema.safeParse((await runs.find(id))?.result);
    if (request.success && result.success) for (const trial of trialsOf(request.data, result.data)) trials.add(trial);
    // A run that cannot be read any more is a trial of its own.
    else trials.add(id);
  }
  return trials;
}

function trialsOf(request: BacktestRequest, { chosen, dataHash }: BacktestResult): readonly string[] {
  const strategy = strategies[request.strategy];
  const sets = chosen ? parameterSets(strategy, request.parameters) : [checkedParameters(strategy, request.parameters)];
  return sets.map((set) => trialKey(conditionsOf(request, dataHash), set));
}

/** Everything that a result depends on beside the parameters; the seed only resamples it. */
export function conditionsOf(
  { parameters: _1, choose: _2, seed: _3, ...request }: BacktestRequest,
  dataHash: string,
): string {
  return `${dataHash} ${JSON.stringify(request)}`;
}
