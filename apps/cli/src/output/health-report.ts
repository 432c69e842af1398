import type { DataHealth, IndexEntry, IndexImport, SymbolHealth } from '@daytrade/contracts';
import { programName } from '../program-name.ts';
import { ageInWords, count, japanClock, quantity } from './format.ts';
import { right, table } from './table.ts';

/** Reports the health of bars: a summary, the symbols as a table, then the remedy for each. */
export function healthReport({ symbols, barsAge }: DataHealth, showsAll: boolean): string {
  if (symbols.length === 0) return 'There are no bars yet.';
  const needy = symbols.filter(({ concerns }) => concerns.length > 0);
  const withDaily = symbols.filter(({ bars }) => bars > 0);
  const bars = withDaily.reduce((sum, symbol) => sum + symbol.bars, 0);
  const age = ageInWords(barsAge);
  const summary = [
    `${quantity(withDaily.length, 'symbol')} with ${count(bars)} daily bars: ${needs(needy.length, age)}.`,
    ...intradaySummary(symbols),
    ...(age === undefined
      ? []
      : [`The ${age}: run ${programName} fetch jquants, or ${programName} import with newer files.`]),
  ];
  const shown = showsAll ? symbols : needy;
  const blocks = [summary.join('\n')];
  if (shown.length > 0) blocks.push(healthTable(shown));
  blocks.push(...needy.map(concernsOf));
  return blocks.join('\n\n');
}

/** Counts the 5-minute bars of all symbols; empty where there are none. */
function intradaySummary(symbols: readonly SymbolHealth[]): string[] {
  const within = symbols.flatMap(({ intraday }) => (intraday === null ? [] : [intraday]));
  if (within.length === 0) return [];
  const bars = within.reduce((sum, intraday) => sum + intraday.bars, 0);
  const newest = within
    .map(({ lastBar }) => lastBar)
    .toSorted()
    .at(-1)!;
  const alone = symbols.filter((symbol) => symbol.bars === 0 && symbol.intraday !== null).length;
  return [
    `${quantity(within.length, 'symbol')} with ${count(bars)} 5-minute bars; the newest ended ${japanClock(newest)}.`,
    ...(alone === 0
      ? []
      : [`${quantity(alone, 'symbol')} of these without daily bars: no forecast is made of them; import those too.`]),
  ];
}

function needs(symbols: number, age: string | undefined): string {
  if (symbols === 0)
    return age === undefined ? 'nothing needs attention' : 'nothing is missing but the newest sessions';
  return symbols === 1 ? '1 needs attention' : `${count(symbols)} need attention`;
}

function healthTable(symbols: readonly SymbolHealth[]): string {
  return table(symbols, {
    symbol: ({ symbol }) => symbol,
    needs: ({ concerns }) => concerns[0]?.concern,
    bars: right(({ bars }) => bars),
    first: ({ firstDate }) => firstDate,
    last: ({ lastDate }) => lastDate,
    '5-minute': right(({ intraday }) => intraday?.bars),
    missing: right(({ missingSessions }) => missingSessions),
    explained: right(({ explainedSessions }) => explainedSessions),
    'kept out': right(({ keptOut }) => keptOut.reduce((sum, { rows }) => sum + rows, 0)),
    basis: ({ priceBasis }) => priceBasis,
    from: originsInWords,
  });
}

function originsInWords({ origins }: SymbolHealth): string {
  if (origins.length === 0) return '–';
  return origins
    .map(({ source, bars, fetchedAt }) => {
      const name = source ?? 'not known';
      const share = origins.length === 1 ? name : `${name} (${count(bars)})`;
      return fetchedAt === null ? share : `${share} ${japanClock(fetchedAt)}`;
    })
    .join(', ');
}

function concernsOf({ symbol, name, concerns }: SymbolHealth): string {
  const title = name === symbol ? symbol : `${symbol} ${name}`;
  return [title, ...concerns.map(({ message, remedy }) => `  ${message}\n    ${remedy}`)].join('\n');
}

/** Reports an import of index values. */
export function indexImportReport(result: IndexImport): string {
  const { name, file, dryRun, valuesAdded, valuesChanged, valuesUnchanged, firstDate, lastDate } = result;
  const would = dryRun ? 'would be ' : '';
  const days = firstDate === null ? '' : `, ${firstDate} to ${lastDate}`;
  const lines = [
    `${name} from ${file}: ${quantity(result.rowsRead, 'row')}${days}.`,
    `${count(valuesAdded)} ${would}added, ${count(valuesChanged)} ${would}changed, ${count(valuesUnchanged)} the same.`,
  ];
  if (result.keptOut.length > 0) lines.push(`${quantity(result.keptOut.length, 'row')} ${would}kept out.`);
  if (result.rowsOutsideCalendar > 0)
    lines.push(`${count(result.rowsOutsideCalendar)} before 2000 or after 2030 passed over.`);
  if (dryRun) lines.push('Nothing was written.');
  return lines.join('\n');
}

/** Lists the index series with the newest and the possible day of each. */
export function indexTable(indices: readonly IndexEntry[]): string {
  return table(indices, {
    index: ({ name }) => name,
    series: ({ title }) => title,
    values: right(({ values }) => values),
    first: ({ firstDate }) => firstDate,
    last: ({ lastDate }) => lastDate,
    'could have': ({ expected }) => expected,
    state: stateInWords,
    from: ({ source }) => source,
  });
}

function stateInWords({ state, synthetic, inUse }: IndexEntry): string {
  const words = synthetic && state !== 'absent' ? `${state}, synthetic` : state;
  return inUse ? words : `${words}, not used`;
}
