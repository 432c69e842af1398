export { simulateSets } from '@daytrade/backtest';
