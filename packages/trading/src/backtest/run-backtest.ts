import type { BacktestResult, StrategyName } from '@daytrade/contracts';
import { dateOfDayNumber } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import { defaultParameters, parameterSets, strategies } from '../strategies/catalogue.ts';
import type { Parameters } from '../strategies/strategy.ts';
import { auditStrategy } from './audit-strategy.ts';
import type { BacktestData } from './backtest-data.ts';
import { type BacktestReport, buildReport } from './build-report.ts';
import { countedSessions, leastSessions, nothingToJudge } from './counted-sessions.ts';
import type { SimulationSettings } from './settings.ts';
import { simulate } from './simulate.ts';
import type { SimulateSetsInput } from './simulate-sets.ts';
import { type Choice, choiceSessions, chooseByWalkForward, trainingSessions } from './walk-forward.ts';

/** A backtest that is asked for. */
export interface BacktestInput {
  readonly data: BacktestData;
  readonly strategy: StrategyName;
  /** Parameters that are not chosen. */
  readonly parameters: Parameters;
  /** Whether the others are chosen walk-forward; where there are too few sessions they keep their defaults. */
  readonly choose: boolean;
  readonly settings: SimulationSettings;
  /** First session, and the one after the last. */
  readonly from: SessionIndex;
  readonly to: SessionIndex;
  readonly seed: number;
  /** Hash of everything that a result depends on beside the parameters: data, account, costs, period. */
  readonly conditions: string;
  /** {@link trialKey} of each trial of the strategy before this backtest. */
  readonly earlierTrials: ReadonlySet<string>;
  /** Closes of an index by session, NaN where unknown. */
  readonly index?: { readonly name: string; readonly closes: Float64Array } | undefined;
}

/** Identifies a trial: the same parameters under the same conditions are one trial, however often it is repeated. */
export function trialKey(conditions: string, parameters: Parameters): string {
  const sorted = Object.entries(parameters).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `${conditions} ${JSON.stringify(sorted)}`;
}

/** Simulates sets of parameters somewhere: here, or in threads. The result does not depend on where. */
export type RunSets = (input: SimulateSetsInput) => Promise<readonly Float64Array[]>;

/** Sessions at which a strategy is audited before it is believed. */
const probes = 8;

/**
 * Audits a strategy, chooses its parameters in time order, and goes through the sessions once more with what was chosen
 * when.
 *
 * @throws DayTradeError `strategy.looks-ahead`; `input.invalid` for a parameter, or where there is no session to judge
 */
export async function runBacktest(input: BacktestInput, runSets: RunSets): Promise<BacktestReport> {
  const { data, settings, conditions, earlierTrials } = input;
  const strategy = strategies[input.strategy];
  const sets = parameterSets(strategy, input.parameters);
  const counted = countedSessions(data, strategy, input.from, input.to);
  if (counted.length < leastSessions.judged) throw nothingToJudge(strategy.needsForecasts);
  const [first, end] = [counted[0]!, counted.at(-1)! + 1];
  const fixed = defaultParameters(strategy, input.parameters);
  auditStrategy({ data, decide: strategy.with(fixed), settings, from: first, to: end, probes });
  const isChosen = input.choose && sets.length > 1 && counted.length >= trainingSessions + choiceSessions;
  const tried = isChosen ? sets : [fixed];
  const all = await runSets({ data, strategy: input.strategy, sets: tried, settings, from: first, to: end });
  const returns = all.map((own) => Float64Array.from(counted, (t) => own[t - first]!));
  const choices: readonly Choice[] = isChosen ? chooseByWalkForward(returns) : [{ from: 0, set: 0 }];
  const judged = counted.slice(choices[0]!.from);
  const schedule = choices.map(({ from, set }) => ({ session: counted[from]!, values: tried[set]! }));
  const range = { settings, from: judged[0]!, to: end };
  const decideAt = scheduled(schedule.map(({ session, values }) => ({ session, decide: strategy.with(values) })));
  const simulation = simulate({ data, decideAt, ...range });
  const byDay =
    data.intraday === undefined ? simulation : simulate({ data: { ...data, intraday: undefined }, decideAt, ...range });
  const alwaysLong = strategies['always-long'];
  const held = alwaysLong.with(defaultParameters(alwaysLong, {}));
  const baseline = simulate({ data, decideAt: () => held, ...range });
  return buildReport({
    input,
    judged,
    simulation,
    byDay,
    baseline,
    tried: returns,
    trials: new Set([...earlierTrials, ...tried.map((set) => trialKey(conditions, set))]).size,
    chosen: isChosen,
    parameters: schedule.map(({ session, values }) => ({ from: dateOf(data, session), values })),
  });
}

function dateOf({ panel }: BacktestData, session: SessionIndex): BacktestResult['from'] {
  return dateOfDayNumber(panel.days[session]!);
}

/** The rule of each session, by the sessions from which on each holds. */
function scheduled<Decide>(rules: readonly { readonly session: SessionIndex; readonly decide: Decide }[]) {
  return (session: SessionIndex) => rules.findLast((rule) => rule.session <= session)?.decide ?? rules[0]!.decide;
}
