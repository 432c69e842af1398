import type { BacktestRecord, BacktestResult, BacktestSide } from '@daytrade/contracts';
import { dateOfDayNumber } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import type { Parameters } from '../strategies/strategy.ts';
import { overfittingProbability } from './luck.ts';
import type { BacktestInput } from './run-backtest.ts';
import { dailySharpe, deflatedSharpe, maxDrawdown, returnsOf, sessionsOfYear, sharpeEstimate } from './sharpe.ts';
import type { Simulation } from './simulation.ts';

/** A result without the fields that only the service knows, and all that was done. */
export interface BacktestReport
  extends Omit<BacktestResult, 'strategyHash' | 'synthetic' | 'traded' | 'dataHash' | 'reproducedBy' | 'leftOut'> {
  readonly record: Omit<BacktestRecord, 'synthetic'>;
}

export interface ReportInput {
  readonly input: BacktestInput;
  readonly judged: readonly SessionIndex[];
  readonly simulation: Simulation;
  readonly record: Omit<BacktestRecord, 'synthetic' | 'returns'>;
  /** The strategy without costs. */
  readonly free: Simulation;
  /** The strategy on daily bars alone. */
  readonly byDay: Simulation;
  /** The strategy with every doubt decided for its orders; undefined where few are in doubt. */
  readonly bestFirst: Simulation | undefined;
  /** Equity of the most traded symbols, long in each session, after costs and without them. */
  readonly baseline: Readonly<Record<'net' | 'gross', Float64Array>>;
  /** Parameter sets with their daily net returns. */
  readonly tried: readonly { readonly values: Parameters; readonly returns: Float64Array }[];
  /** Daily Sharpe ratios of all trials; null for an unknown one. */
  readonly trials: readonly (number | null)[];
  readonly chosen: boolean;
  readonly parameters: BacktestResult['parameters'];
}

/** Deflated Sharpe ratio from which a profit is not luck. */
const proven = 0.95;
const basisPoint = 1e-4;
/** Tax on the profits of shares: 15.315 % of income tax with the reconstruction tax, and 5 % of inhabitant tax. */
const taxRate = 0.20315;
const ofYear = Math.sqrt(sessionsOfYear);

/** Builds the report of a backtest: results before and after costs, beside those of luck. */
export function buildReport(parts: ReportInput): BacktestReport {
  const { input, judged, simulation, free, byDay, bestFirst, baseline, tried, trials } = parts;
  const { cash } = input.settings;
  const { counts, trades, halted } = simulation;
  const { days } = input.data.panel;
  const [net, gross] = [judgedOf(simulation.net, parts), judgedOf(free.net, parts)];
  const netReturns = returnsOf(net, cash);
  const [netSide, grossSide] = [sideOf(net, cash, input.seed), sideOf(gross, cash, input.seed)];
  const deflated = deflatedSharpe(netReturns, trials);
  const { commission, spread, impact, interest, lendingFee, penalty, costs: total, turnover } = counts;
  const perTurnover = (yen: number, of: number) => (of > 0 ? yen / of / basisPoint : null);
  return {
    strategy: input.strategy,
    account: input.settings.account,
    from: dateOfDayNumber(days[judged[0]!]!),
    to: dateOfDayNumber(days[judged.at(-1)!]!),
    sessions: judged.length,
    symbols: input.data.panel.symbols.length,
    cash,
    verdict: bestFirst === undefined ? verdictOf(netSide, deflated) : 'unclear',
    bestFirst: bestFirst === undefined ? null : sideOf(judgedOf(bestFirst.net, parts), cash, input.seed),
    trades: trades.length,
    wins: share(trades.filter(({ side, entry, exit }) => side * (exit - entry) > 0).length, trades.length),
    gross: grossSide,
    net: netSide,
    costs: { commission, spread, impact, interest, lendingFee, penalty, total },
    dividends: counts.dividends,
    shorts: trades.filter(({ side }) => side < 0).length,
    tax: Math.max(0, netSide.profit) * taxRate,
    turnover,
    paidBp: perTurnover(total, turnover),
    breakEvenBp: perTurnover(grossSide.profit, free.counts.turnover),
    deflatedSharpe: deflated,
    trials: trials.length,
    tried: tried.map(({ values, returns }) => ({ values, sharpe: dailySharpe(returns) * ofYear })),
    overfitting: overfittingProbability(tried.map(({ returns }) => returns)),
    exposure: exposureOf(parts),
    capacity: capacityOf(netSide.profit + impact, impact, cash),
    ambiguous: {
      daily: share(byDay.counts.ambiguous, byDay.counts.filled),
      fiveMinutes: input.data.intraday === undefined ? null : share(counts.ambiguous, counts.filled),
    },
    orders: counts.orders,
    filled: counts.filled,
    refused: counts.refused,
    halted: halted === undefined ? null : { session: dateOfDayNumber(days[halted.session]!), reason: halted.reason },
    parameters: parts.parameters,
    chosen: parts.chosen,
    baselines: baselinesOf(parts, baseline),
    record: {
      ...parts.record,
      returns: judged.map((t, i) => ({ date: dateOfDayNumber(days[t]!), return: netReturns[i]! })),
    },
    curve: judged.map((t, i) => ({ session: dateOfDayNumber(days[t]!), gross: gross[i]!, net: net[i]! })),
  };
}

/** Returns the values of the sessions that count. */
function judgedOf(values: Float64Array, { judged, simulation }: ReportInput): Float64Array {
  return Float64Array.from(judged, (t) => values[t - simulation.from]!);
}

function sideOf(equity: Float64Array, cash: number, seed: number): BacktestSide {
  const profit = equity.at(-1)! - cash;
  return {
    profit,
    return: profit / cash,
    sharpe: sharpeEstimate(returnsOf(equity, cash), seed),
    maxDrawdown: maxDrawdown(equity, cash),
  };
}

function verdictOf(net: BacktestSide, deflated: number): BacktestResult['verdict'] {
  if (!(net.profit > 0)) return 'loses';
  return net.sharpe.low > 0 && deflated >= proven ? 'beats its costs' : 'may be luck';
}

function exposureOf(parts: ReportInput): number {
  const [net, exposure] = [judgedOf(parts.simulation.net, parts), judgedOf(parts.simulation.exposure, parts)];
  return exposure.reduce((sum, invested, i) => sum + invested / net[i]!, 0) / exposure.length;
}

/**
 * Returns the equity at which the impact takes all of the profit. The impact grows with the size to the power of 1.5,
 * everything else with the size.
 */
function capacityOf(profit: number, impact: number, cash: number): number | null {
  if (!(impact > 0)) return null;
  return profit > 0 ? cash * (profit / impact) ** 2 : 0;
}

function baselinesOf(parts: ReportInput, always: ReportInput['baseline']): BacktestResult['baselines'] {
  const { input, judged } = parts;
  const { cash } = input.settings;
  const of = (values: Float64Array) => returnsOf(judgedOf(values, parts), cash);
  const [net, gross] = [of(always.net), of(always.gross)];
  const held = {
    name: 'always-long',
    return: total(net),
    netSharpe: dailySharpe(net) * ofYear,
    grossSharpe: dailySharpe(gross) * ofYear,
  };
  const others = input.strategy === 'always-long' ? [] : [held];
  if (input.index === undefined) return others;
  const { name, closes } = input.index;
  const moves = Float64Array.from(judged, (t) => closes[t]! / closes[t - 1]! - 1).filter((move) =>
    Number.isFinite(move),
  );
  if (moves.length < 2) return others;
  return [...others, { name, return: total(moves), netSharpe: dailySharpe(moves) * ofYear, grossSharpe: null }];
}

function total(returns: Float64Array): number {
  return returns.reduce((worth, one) => worth * (1 + one), 1) - 1;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
