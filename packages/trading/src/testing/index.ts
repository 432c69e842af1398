export { recordOf } from '../backtest/backtest-record.ts';
export { defaultParameters } from '../strategies/catalogue.ts';
export { noiseData, usualSettings } from './noise-data.ts';
export { replay } from './replay.ts';
