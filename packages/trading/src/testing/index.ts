export { cutBefore } from '../backtest/backtest-data.ts';
export { brokenInvariants } from './broken-invariants.ts';
export { noiseData } from './noise-data.ts';
