export { type SimulateSetsInput, simulateSets } from './choice/simulate-sets.ts';
export type { ForecastColumns } from './data/backtest-data.ts';
export type { BacktestReport } from './report/build-report.ts';
export { type BacktestInput, runBacktest } from './run-backtest.ts';
export type { SimulationSettings } from './simulation/settings.ts';
export { simulate } from './simulation/simulate.ts';
export { mostSets, parameterSets, strategies } from './strategies/catalogue.ts';
export type { Decide } from './strategies/strategy.ts';
