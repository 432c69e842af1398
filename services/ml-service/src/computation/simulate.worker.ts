export { simulateSets } from '@daytrade/trading';
