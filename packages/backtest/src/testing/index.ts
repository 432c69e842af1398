export { cutBefore } from '../data/backtest-data.ts';
export { brokenInvariants } from './broken-invariants.ts';
export { noiseData } from './noise-data.ts';
