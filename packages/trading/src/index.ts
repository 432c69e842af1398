export { type ForecastColumns } from './backtest/backtest-data.ts';
export type { BacktestReport } from './backtest/build-report.ts';
export {
  type BacktestInput,
  type RunSets,
  runBacktest,
  type SimulateSetsInput,
  simulateSets,
  simulateSetsOf,
  trialKey,
} from './backtest/run-backtest.ts';
export { sessionsOfYear } from './backtest/sharpe.ts';
export { type Decision, simulate } from './backtest/simulate.ts';
export { type SimulationSettings, simulationSettings } from './backtest/simulation.ts';
export type { SizeGroup } from './backtest/tick-tables.ts';
export { usualCosts, withoutCosts } from './costs/costs.ts';
export { type DecisionInput, decideInBook, type PaperRule } from './paper/account-of-book.ts';
export {
  type Author,
  changeBook,
  haltBook,
  type PaperLog,
  releaseBook,
  startBook,
  stopBook,
} from './paper/book-changes.ts';
export { bookState, fillsOf, ordersOf } from './paper/book-state.ts';
export { PaperBook } from './paper/paper-book.ts';
export { advance } from './paper/paper-session.ts';
export type { Feed, KnownSession, SessionForecasts, Split } from './paper/session-data.ts';
export type { Order } from './rules/order.ts';
export { withoutLimits } from './rules/order-limits.ts';
export { isShipped, strategies } from './strategies/catalogue.ts';
export { type StrategyFile, strategyOfFile } from './strategies/own-strategy.ts';
export type { Decide, Strategy } from './strategies/strategy.ts';
