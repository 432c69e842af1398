import type { FetchResult, ReadAs } from '@daytrade/contracts';
import { providers } from '@daytrade/market-data';
import { say, translated } from '../language/language.ts';
import { programName } from '../program-name.ts';
import { count, duration, list, quantity } from './format.ts';
import { facts } from './table.ts';

export function fetchReport(result: FetchResult): string {
  const { seconds, rowsRead, rowsQuarantined, filesSkipped, filesRefused } = result;
  const [source, time] = [sourceOf(result), duration(seconds)];
  const rate = count(Math.round(rowsRead / seconds));
  const some = (value: number, words = count(value)) => (value === 0 ? undefined : words);
  const heading = [
    result.dryRun ? say`DRY RUN, nothing was written: ` : '',
    result.synthetic ? say`SYNTHETIC bars: ` : '',
    seconds > 0 ? say`${source} in ${time} (${rate} rows/s)` : say`${source} in ${time}`,
  ];
  const rows = facts([
    ['  rows read', count(rowsRead)],
    ['  bars added', count(result.barsAdded)],
    ['  bars changed', count(result.barsChanged)],
    ['  of 5 minutes', some(result.intradayBars, say`${count(result.intradayBars)} of these`)],
    ['  bars unchanged', count(result.barsUnchanged)],
    [
      '  rows quarantined',
      rowsQuarantined > 0 && !result.dryRun
        ? say`${count(rowsQuarantined)}   see: ${programName} quarantine list`
        : count(rowsQuarantined),
    ],
    ['  warnings', count(result.warnings)],
    ['  without a trade', some(result.rowsWithoutTrade)],
    ...result.readAs.map((as) => ['  read as', readAsWords(as)] as const),
    ...result.symbolsMended.map(({ symbol, message }) => ['  repaired', `${symbol}: ${message}`] as const),
    ['  files skipped', filesSkipped[0] && say`${count(filesSkipped.length)}   the first: ${filesSkipped[0].message}`],
    ['  files refused', some(filesRefused.length)],
  ]);
  return `${heading.join('')}\n${rows}`;
}

function sourceOf({ provider, symbols, files, rowsRead }: FetchResult): string {
  const definition = providers.find(({ name }) => name === provider);
  const fetched = quantity(symbols, 'symbol');
  if (definition === undefined || definition.readsFiles === true)
    return say`${fetched} from ${quantity(files, 'file')}`;
  const title = say(definition.title);
  return rowsRead === 0 && definition.incremental ? say`${title} has nothing new` : say`${fetched} from ${title}`;
}

/** Describes the form in which files were read, and the evidence for their price basis. */
function readAsWords(as: ReadAs): string {
  const { files, symbols, packing, encoding, separator, dates, volumeUnit, priceBasis, basisReason } = as;
  const named = files.length > 1 ? quantity(files.length, 'file') : (files[0] ?? '');
  const what = symbols > files.length ? say`${named} (${quantity(symbols, 'symbol')})` : named;
  const form = list([
    ...(packing === 'none'
      ? [encoding, say(separator)]
      : packing === 'gzip'
        ? ['gzip', encoding, say(separator)]
        : ['parquet']),
    say(`${as.header} header`),
    ...(dates.length === 0 ? [] : [say`dates as ${dates.join(say` and `)}`]),
    ...(volumeUnit === 1 ? [] : [say`volumes times ${count(volumeUnit)}`]),
    say(as.interval === '1d' ? 'daily bars' : '5-minute bars'),
  ]);
  return say`${what}: ${form}; prices ${say(priceBasis)}: ${translated(basisReason)}`;
}
