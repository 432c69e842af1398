import type { DataHealth, SymbolHealth } from '@daytrade/contracts';
import { programName } from '../program-name.ts';
import { ageInWords } from './bars-age.ts';
import { count, japanClock, quantity } from './format.ts';
import { renderTable } from './table.ts';

/** A summary, the symbols as a table, then what each of them needs. */
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

/** 5-minute bars of all symbols; no line where there are none. */
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
  return renderTable(
    [
      { title: 'symbol' },
      { title: 'needs' },
      { title: 'bars', align: 'right' },
      { title: 'first' },
      { title: 'last' },
      { title: '5-minute', align: 'right' },
      { title: 'missing', align: 'right' },
      { title: 'explained', align: 'right' },
      { title: 'kept out', align: 'right' },
      { title: 'basis' },
      { title: 'from' },
    ],
    symbols.map((symbol) => [
      symbol.symbol,
      symbol.concerns[0]?.concern ?? '–',
      count(symbol.bars),
      symbol.firstDate ?? '–',
      symbol.lastDate ?? '–',
      symbol.intraday === null ? '–' : count(symbol.intraday.bars),
      count(symbol.missingSessions),
      count(symbol.explainedSessions),
      count(symbol.keptOut.reduce((sum, { rows }) => sum + rows, 0)),
      symbol.priceBasis,
      originsInWords(symbol),
    ]),
  );
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
