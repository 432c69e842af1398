import { reasonsWithoutForecast, type Today } from '@daytrade/contracts';
import { count, japanClock, percent, priceDecimals, yen } from './format.ts';
import { basisInWords } from './price-basis.ts';
import { renderTable } from './table.ts';

/** Symbols that are named with their reason; the others are counted. */
const mostNamed = 5;

/**
 * Where the close of the day lies, as a table, and below it what the forecasts are: of which session, from which time,
 * by which model.
 */
export function inDayReport({ session, horizon, predictions }: Today): string {
  const [first] = predictions;
  if (first === undefined) return `No symbol has a forecast of the close of ${session} at ${horizon ?? 'any time'}.`;
  const decimals = priceDecimals(predictions.flatMap(({ price, lower, upper }) => [price, lower, upper]));
  const isJudged = predictions.some(({ close }) => close !== null);
  const table = renderTable(
    [
      { title: 'symbol' },
      { title: 'name' },
      { title: 'previous close', align: 'right' },
      { title: 'price', align: 'right' },
      { title: 'lower', align: 'right' },
      { title: 'upper', align: 'right' },
      { title: 'width', align: 'right' },
      ...(isJudged ? [{ title: 'close', align: 'right' } as const, { title: 'inside' }] : []),
    ],
    predictions.map((entry) => [
      entry.symbol,
      entry.name,
      yen(entry.previousClose, decimals),
      yen(entry.price, decimals),
      yen(entry.lower, decimals),
      yen(entry.upper, decimals),
      percent((entry.upper - entry.lower) / entry.price),
      ...(isJudged ? [entry.close === null ? '' : yen(entry.close, decimals), insideInWords(entry.inside)] : []),
    ]),
  );
  const synthetic = first.synthetic ? 'SYNTHETIC bars. ' : '';
  const newest =
    predictions
      .map(({ knownAt }) => knownAt)
      .toSorted()
      .at(-1) ?? first.knownAt;
  return [
    table,
    '',
    `${synthetic}${first.horizon}: close of ${session} from bars to ${japanClock(newest)} in Japan; ` +
      `${percent(first.coverage, 0)} of closes are promised inside; model ${first.modelVersion}, ` +
      `${first.intervalMethod}.`,
    ...basisInWords(predictions),
  ].join('\n');
}

function insideInWords(inside: boolean | null): string {
  return inside === null ? '' : inside ? 'yes' : 'no';
}

/** What whoever reads the forecasts has to know first, a sentence a line. */
export function inDayWarnings({ horizon, predictions, withoutForecast }: Today): string[] {
  const late = predictions.filter((prediction) => prediction.late).length;
  const ofReason = Map.groupBy(withoutForecast, ({ reason }) => reason);
  return [
    ...(late === 0
      ? []
      : [`${count(late)} of ${horizon} were made after their time: reconstructions, which count for nothing`]),
    ...[...ofReason].map(
      ([reason, symbols]) => `no forecast of ${namedIn(symbols)}: ${reasonsWithoutForecast[reason]}`,
    ),
  ].map((sentence) => `note: ${sentence}`);
}

function namedIn(symbols: readonly { readonly symbol: string }[]): string {
  const named = symbols.slice(0, mostNamed).map(({ symbol }) => symbol);
  const others = symbols.length - named.length;
  return others === 0 ? named.join(', ') : `${named.join(', ')} and ${count(others)} more`;
}
