import type { DataHealth, IndexEntry, IndexImport, SymbolHealth } from '@daytrade/contracts';
import { say } from '../language/language.ts';
import { programName } from '../program-name.ts';
import { ageInWords, count, japanClock, list, quantity, range } from './format.ts';
import { right, table } from './table.ts';

/** Reports the health of bars: a summary, the symbols as a table, then the remedy for each. */
export function healthReport({ symbols, barsAge }: DataHealth, showsAll: boolean): string {
  if (symbols.length === 0) return say`There are no bars yet.`;
  const needy = symbols.filter(({ concerns }) => concerns.length > 0);
  const withDaily = symbols.filter(({ bars }) => bars > 0);
  const bars = withDaily.reduce((sum, symbol) => sum + symbol.bars, 0);
  const age = ageInWords(barsAge);
  const summary = [
    say`${quantity(withDaily.length, 'symbol')} with ${count(bars)} daily bars: ${needs(needy.length, age)}.`,
    ...intradaySummary(symbols),
    ...(age === undefined
      ? []
      : [say`The ${age}: run ${programName} fetch jquants, or ${programName} import with newer files.`]),
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
  const newest = japanClock(
    within
      .map(({ lastBar }) => lastBar)
      .toSorted()
      .at(-1)!,
  );
  const alone = symbols.filter((symbol) => symbol.bars === 0 && symbol.intraday !== null).length;
  return [
    say`${quantity(within.length, 'symbol')} with ${count(bars)} 5-minute bars; the newest ended ${newest}.`,
    ...(alone === 0
      ? []
      : [
          say`${quantity(alone, 'symbol')} of these without daily bars: no forecast is made of them; import those too.`,
        ]),
  ];
}

function needs(symbols: number, age: string | undefined): string {
  if (symbols === 0) {
    return say(age === undefined ? 'nothing needs attention' : 'nothing is missing but the newest sessions');
  }
  return symbols === 1 ? say`1 needs attention` : say`${count(symbols)} need attention`;
}

function healthTable(symbols: readonly SymbolHealth[]): string {
  return table(symbols, {
    symbol: ({ symbol }) => symbol,
    needs: ({ concerns: [first] }) => first && say(first.concern),
    bars: right(({ bars }) => bars),
    first: ({ firstDate }) => firstDate,
    last: ({ lastDate }) => lastDate,
    '5-minute': right(({ intraday }) => intraday?.bars),
    missing: right(({ missingSessions }) => missingSessions),
    explained: right(({ explainedSessions }) => explainedSessions),
    'kept out': right(({ keptOut }) => keptOut.reduce((sum, { rows }) => sum + rows, 0)),
    basis: ({ priceBasis }) => say(priceBasis),
    source: originsInWords,
  });
}

function originsInWords({ origins }: SymbolHealth): string {
  if (origins.length === 0) return '–';
  return list(
    origins.map(({ source, bars, fetchedAt }) => {
      const name = source ?? say`not known`;
      const share = origins.length === 1 ? name : say`${name} (${count(bars)})`;
      return fetchedAt === null ? share : `${share} ${japanClock(fetchedAt)}`;
    }),
  );
}

function concernsOf({ symbol, name, concerns }: SymbolHealth): string {
  const title = name === symbol ? symbol : `${symbol} ${name}`;
  return [title, ...concerns.map(({ message, remedy }) => `  ${message}\n    ${remedy}`)].join('\n');
}

export function indexImportReport(result: IndexImport): string {
  const { name, file, dryRun, firstDate, lastDate, keptOut, rowsOutsideCalendar } = result;
  const rows = quantity(result.rowsRead, 'row');
  const read = firstDate === null ? rows : list([rows, range(firstDate, lastDate!)]);
  const [added, changed, same] = [result.valuesAdded, result.valuesChanged, result.valuesUnchanged].map(count);
  const kept = quantity(keptOut.length, 'row');
  return [
    say`${name} from ${file}: ${read}.`,
    dryRun
      ? say`${added!} would be added, ${changed!} would be changed, ${same!} the same.`
      : say`${added!} added, ${changed!} changed, ${same!} the same.`,
    ...(keptOut.length === 0 ? [] : [dryRun ? say`${kept} would be kept out.` : say`${kept} kept out.`]),
    ...(rowsOutsideCalendar === 0 ? [] : [say`${count(rowsOutsideCalendar)} before 2000 or after 2030 passed over.`]),
    ...(dryRun ? [say`Nothing was written.`] : []),
  ].join('\n');
}

/** Lists the index series with the newest and the possible day of each. */
export function indexTable(indices: readonly IndexEntry[]): string {
  return table(indices, {
    index: ({ name }) => name,
    series: ({ title }) => say(title),
    values: right(({ values }) => values),
    first: ({ firstDate }) => firstDate,
    last: ({ lastDate }) => lastDate,
    'could have': ({ expected }) => expected,
    state: stateInWords,
    source: ({ source }) => source,
  });
}

function stateInWords({ state, synthetic, inUse }: IndexEntry): string {
  return list([
    say(state),
    ...(synthetic && state !== 'absent' ? [say`synthetic`] : []),
    ...(inUse ? [] : [say`not used`]),
  ]);
}
