import type { FetchResult } from '@daytrade/contracts';
import { count, duration, quantity } from './format.ts';

/** What a fetch did, in words. */
export function fetchReport(result: FetchResult): string {
  const rate = result.seconds > 0 ? ` (${count(Math.round(result.rowsRead / result.seconds))} rows/s)` : '';
  return [
    `${result.synthetic ? 'SYNTHETIC bars: ' : ''}${sourceOf(result)} in ${duration(result.seconds)}${rate}`,
    `  rows read         ${count(result.rowsRead)}`,
    `  bars added        ${count(result.barsAdded)}`,
    `  bars changed      ${count(result.barsChanged)}`,
    `  bars unchanged    ${count(result.barsUnchanged)}`,
    `  rows quarantined  ${count(result.rowsQuarantined)}${result.rowsQuarantined > 0 ? '   see: daytrade quarantine list' : ''}`,
    `  warnings          ${count(result.warnings)}`,
    ...result.symbolsMended.map(({ symbol, message }) => `  repaired          ${symbol}: ${message}`),
    ...(result.filesRefused.length === 0 ? [] : [`  files refused     ${count(result.filesRefused.length)}`]),
  ].join('\n');
}

function sourceOf({ provider, symbols, files, rowsRead }: FetchResult): string {
  if (provider !== 'jquants') return `${quantity(symbols, 'symbol')} from ${quantity(files, 'file')}`;
  return rowsRead === 0 ? 'J-Quants has nothing new' : `${quantity(symbols, 'symbol')} from J-Quants`;
}
