import type { BacktestResult } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { compareText, dateOfDayNumber } from '@daytrade/market';
import { type SessionIndex, sharedArray } from '@daytrade/series';
import { withoutCosts } from '../costs/costs.ts';
import { defaultParameters, parameterSets, strategyNamed } from '../strategies/catalogue.ts';
import type { Candidates, Decide, Parameters, Strategy } from '../strategies/strategy.ts';
import { type BacktestData, countedSessions, KnownData, leastSessions, nothingToJudge } from './backtest-data.ts';
import { recordOf, type SessionOrders } from './backtest-record.ts';
import { type BacktestReport, buildReport } from './build-report.ts';
import { dailySharpe, returnsOf } from './sharpe.ts';
import { simulate } from './simulate.ts';
import type { BookedFill, SimulationInput } from './simulation.ts';
import { View } from './view.ts';

export interface BacktestInput extends Pick<SimulationInput, 'data' | 'settings' | 'from' | 'to'> {
  /** Name of a strategy of the platform, or of one in a file of its own. */
  readonly strategy: string;
  readonly parameters: Parameters;
  /** Candidates of the other parameters, in place of the strategy's own. */
  readonly candidates?: Candidates;
  /** Chooses the other parameters walk-forward; with too few sessions they keep their defaults. */
  readonly choose: boolean;
  readonly seed: number;
  /** Hash of everything that the result depends on, except parameters: data, account, costs, period. */
  readonly conditions: string;
  /** Daily Sharpe ratio of each earlier trial of any strategy by its {@link trialKey}; null for an unknown one. */
  readonly earlierTrials: ReadonlyMap<string, number | null>;
  /** Closes of an index by session, NaN where unknown. */
  readonly index?: { readonly name: string; readonly closes: Float64Array } | undefined;
}

/** Returns the key of a trial: repetitions with the same parameters and conditions are one trial. */
export function trialKey(conditions: string, parameters: Parameters): string {
  const sorted = Object.entries(parameters).toSorted(([one], [other]) => compareText(one, other));
  return `${conditions} ${JSON.stringify(sorted)}`;
}

/** Parameter sets that a thread simulates on the same data. */
export interface SimulateSetsInput extends Pick<BacktestInput, 'data' | 'strategy' | 'settings' | 'from' | 'to'> {
  readonly sets: readonly Parameters[];
}

/** Returns the daily net returns of each parameter set of a strategy of the platform, on SharedArrayBuffers. */
export function simulateSets(input: SimulateSetsInput): readonly Float64Array[] {
  return simulateSetsOf(strategyNamed(input.strategy), input);
}

/** Returns the same as {@link simulateSets} of any strategy. */
export function simulateSetsOf(
  strategy: Strategy,
  { data, settings, sets, from, to }: SimulateSetsInput,
): readonly Float64Array[] {
  return sets.map((parameters) => {
    const decide = strategy.with(parameters);
    const { net } = simulate({ data, settings, from, to, decideAt: () => decide });
    const returns = sharedArray(net.length);
    returns.set(returnsOf(net, settings.cash));
    return returns;
  });
}

/** Runs {@link simulateSets} here or in threads, with the same result. */
export type RunSets = (input: SimulateSetsInput) => Promise<readonly Float64Array[]>;

/** Share of filled orders with a doubt about what came first, above which there is no verdict. */
const mostDoubts = 0.05;

/**
 * Audits a strategy, chooses its parameters in time order, and simulates each session with its parameters.
 *
 * @throws DayTradeError `strategy.looks-ahead`; `input.invalid` for a parameter, or without a session to judge
 */
export async function runBacktest(
  input: BacktestInput,
  runSets: RunSets,
  strategy: Strategy = strategyNamed(input.strategy),
): Promise<BacktestReport> {
  const { data, settings, conditions, earlierTrials } = input;
  const sets = parameterSets(strategy, input.parameters, input.candidates);
  const counted = countedSessions(data, strategy, input.from, input.to);
  if (counted.length < leastSessions.judged) throw nothingToJudge(strategy.needsForecasts);
  const [first, end] = [counted[0]!, counted.at(-1)! + 1];
  const fixed = defaultParameters(strategy, input.parameters);
  auditStrategy({ data, decide: strategy.with(fixed), settings, from: first, to: end });
  const isChosen = input.choose && sets.length > 1 && counted.length >= trainingSessions + choiceSessions;
  const tried = isChosen ? sets : [fixed];
  const all = await runSets({ data, strategy: input.strategy, sets: tried, settings, from: first, to: end });
  const returns = all.map((own) => Float64Array.from(counted, (t) => own[t - first]!));
  const choices: readonly Choice[] = isChosen ? chooseByWalkForward(returns) : [{ from: 0, set: 0 }];
  const judged = counted.slice(choices[0]!.from);
  const schedule = choices.map(({ from, set }) => ({ session: counted[from]!, values: tried[set]! }));
  const rules = schedule.map(({ session, values }) => ({ session, decide: strategy.with(values) }));
  const decideAt = (t: SessionIndex) => (rules.findLast(({ session }) => session <= t) ?? rules[0]!).decide;
  const range = { settings, from: judged[0]!, to: end };
  const [orders, fills]: [SessionOrders[], BookedFill[]] = [[], []];
  const simulation = simulate({
    data,
    decideAt,
    ...range,
    onOrders: (own) => orders.push(own),
    onFill: (fill) => fills.push(fill),
  });
  const byDay =
    data.intraday === undefined ? simulation : simulate({ data: { ...data, intraday: undefined }, decideAt, ...range });
  const alwaysLong = strategyNamed('always-long');
  const held = alwaysLong.with(defaultParameters(alwaysLong, {}));
  const doubts = simulation.counts.ambiguous / Math.max(1, simulation.counts.filled);
  const bestFirst =
    doubts > mostDoubts
      ? simulate({ data, decideAt, ...range, settings: { ...settings, bestFirst: true } })
      : undefined;
  const costless = { ...range, settings: { ...settings, costs: withoutCosts } };
  const trials = new Map(earlierTrials);
  for (const [i, set] of tried.entries()) trials.set(trialKey(conditions, set), dailySharpe(returns[i]!));
  const dateOf = (t: SessionIndex): BacktestResult['from'] => dateOfDayNumber(data.panel.days[t]!);
  return buildReport({
    input,
    judged,
    simulation,
    record: recordOf(data.panel, { orders, fills, trades: simulation.trades }),
    free: simulate({ data, decideAt, ...costless }),
    byDay,
    bestFirst,
    baseline: {
      net: simulate({ data, decideAt: () => held, ...range }).net,
      gross: simulate({ data, decideAt: () => held, ...costless }).net,
    },
    tried: tried.map((values, i) => ({ values, returns: returns[i]! })),
    trials: [...trials.values()],
    chosen: isChosen,
    parameters: schedule.map(({ session, values }) => ({ from: dateOf(session), values })),
  });
}

/** Sessions that a choice is made on, and sessions that it holds for. */
const trainingSessions = 250;
const choiceSessions = 63;

/** A parameter set, and the counted session from which it is used. */
interface Choice {
  readonly from: number;
  readonly set: number;
}

/**
 * Chooses a parameter set for every 63 sessions: the one with the best net Sharpe ratio over the 250 sessions before.
 * Ties go to the first set.
 *
 * @param returns daily net returns of each set, one per counted session
 */
function chooseByWalkForward(returns: readonly Float64Array[]): readonly Choice[] {
  const sessions = returns[0]?.length ?? 0;
  const choices: Choice[] = [];
  for (let from = trainingSessions; from < sessions; from += choiceSessions) {
    let [set, best] = [0, -Infinity];
    for (const [i, own] of returns.entries()) {
      const ratio = dailySharpe(own.subarray(from - trainingSessions, from));
      if (ratio > best) [set, best] = [i, ratio];
    }
    choices.push({ from, set });
  }
  return choices;
}

export interface StrategyAudit extends Pick<SimulationInput, 'data' | 'settings' | 'from' | 'to'> {
  readonly decide: Decide;
}

/**
 * Refuses a strategy whose orders depend on later bars. In each session it decides twice: on all data, and on data that
 * ends before the session. The orders must be the same.
 *
 * @throws DayTradeError `strategy.looks-ahead` with the first session whose orders differ
 */
export function auditStrategy({ data, decide, settings, from, to }: StrategyAudit): void {
  const known = new KnownData(data);
  const knownView = new View(known.data);
  const decideTwice = (t: SessionIndex): Decide => {
    known.goTo(t);
    knownView.goTo(t);
    return (view, account) => {
      const orders = decide(view, account);
      if (JSON.stringify(orders) !== JSON.stringify(decide(knownView, account))) throw looksAhead(data, t);
      return orders;
    };
  };
  simulate({ data, settings, from, to, decideAt: decideTwice });
}

function looksAhead({ panel }: BacktestData, t: SessionIndex): DayTradeError {
  const date = dateOfDayNumber(panel.days[t]!);
  return new DayTradeError('strategy.looks-ahead', `on ${date} its orders change when later bars are cut off`, {
    details: { session: date },
  });
}
