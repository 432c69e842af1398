export { binomialBand } from './binomial-band.ts';
export { reportPage } from './daily-report.ts';
export { pageSecurityPolicy } from './html.ts';
export { tearSheet } from './tear-sheet.ts';
