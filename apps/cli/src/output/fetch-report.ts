import type { FetchResult, ReadAs } from '@daytrade/contracts';
import { providers } from '@daytrade/market-data';
import { programName } from '../program-name.ts';
import { count, duration, quantity } from './format.ts';

/** Reports a fetch. */
export function fetchReport(result: FetchResult): string {
  const rate = result.seconds > 0 ? ` (${count(Math.round(result.rowsRead / result.seconds))} rows/s)` : '';
  const dryRun = result.dryRun ? 'DRY RUN, nothing was written: ' : '';
  const synthetic = result.synthetic ? 'SYNTHETIC bars: ' : '';
  const seeAlso = result.rowsQuarantined > 0 && !result.dryRun ? `   see: ${programName} quarantine list` : '';
  return [
    `${dryRun}${synthetic}${sourceOf(result)} in ${duration(result.seconds)}${rate}`,
    `  rows read         ${count(result.rowsRead)}`,
    `  bars added        ${count(result.barsAdded)}`,
    `  bars changed      ${count(result.barsChanged)}`,
    ...(result.intradayBars === 0 ? [] : [`  of 5 minutes      ${count(result.intradayBars)} of these`]),
    `  bars unchanged    ${count(result.barsUnchanged)}`,
    `  rows quarantined  ${count(result.rowsQuarantined)}${seeAlso}`,
    `  warnings          ${count(result.warnings)}`,
    ...(result.rowsWithoutTrade === 0 ? [] : [`  without a trade   ${count(result.rowsWithoutTrade)}`]),
    ...result.readAs.map((as) => `  read as           ${readAsWords(as)}`),
    ...result.symbolsMended.map(({ symbol, message }) => `  repaired          ${symbol}: ${message}`),
    ...(result.filesSkipped.length === 0
      ? []
      : [`  files skipped     ${count(result.filesSkipped.length)}   the first: ${result.filesSkipped[0]!.message}`]),
    ...(result.filesRefused.length === 0 ? [] : [`  files refused     ${count(result.filesRefused.length)}`]),
  ].join('\n');
}

function sourceOf({ provider, symbols, files, rowsRead }: FetchResult): string {
  const definition = providers.find(({ name }) => name === provider);
  if (definition === undefined || definition.readsFiles === true) {
    return `${quantity(symbols, 'symbol')} from ${quantity(files, 'file')}`;
  }
  const { title, incremental } = definition;
  return rowsRead === 0 && incremental ? `${title} has nothing new` : `${quantity(symbols, 'symbol')} from ${title}`;
}

/** Describes the form in which files were read, and the evidence for their price basis. */
function readAsWords(as: ReadAs): string {
  const { files, symbols, packing, encoding, separator, header, dates, volumeUnit, interval, priceBasis, basisReason } =
    as;
  const named = files.length > 1 ? quantity(files.length, 'file') : (files[0] ?? '');
  const many = symbols > files.length ? ` (${quantity(symbols, 'symbol')})` : '';
  const text = packing === 'parquet' ? 'parquet' : `${packing === 'gzip' ? 'gzip, ' : ''}${encoding}, ${separator}`;
  const bars = interval === '1d' ? 'daily bars' : '5-minute bars';
  const written = dates.length === 0 ? '' : `, dates as ${dates.join(' and ')}`;
  const volumes = volumeUnit === 1 ? '' : `, volumes times ${count(volumeUnit)}`;
  const prices = `prices ${priceBasis}: ${basisReason}`;
  return `${named}${many}: ${text}, ${header} header${written}${volumes}, ${bars}; ${prices}`;
}
