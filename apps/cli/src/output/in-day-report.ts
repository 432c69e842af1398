import { reasonsWithoutForecast, type Today } from '@daytrade/contracts';
import { basisInWords, count, japanClock, percent, priceDecimals, yen } from './format.ts';
import { type Columns, right, table } from './table.ts';

/** Number of symbols that are named with their reason; the others are counted. */
const mostNamed = 5;

/** Reports the forecasts of today's close as a table, with their session, time and model below it. */
export function inDayReport({ session, horizon, predictions }: Today): string {
  const [first] = predictions;
  if (first === undefined) return `No symbol has a forecast of the close of ${session} at ${horizon ?? 'any time'}.`;
  const decimals = priceDecimals(predictions.flatMap(({ price, lower, upper }) => [price, lower, upper]));
  const isJudged = predictions.some(({ close }) => close !== null);
  const rows = table(predictions, {
    symbol: ({ symbol }) => symbol,
    name: ({ name }) => name,
    'previous close': right(({ previousClose }) => yen(previousClose, decimals)),
    price: right(({ price }) => yen(price, decimals)),
    lower: right(({ lower }) => yen(lower, decimals)),
    upper: right(({ upper }) => yen(upper, decimals)),
    width: right(({ lower, upper, price }) => percent((upper - lower) / price)),
    ...(isJudged ? judgedColumns(decimals) : {}),
  });
  const synthetic = first.synthetic ? 'SYNTHETIC bars. ' : '';
  const newest =
    predictions
      .map(({ knownAt }) => knownAt)
      .toSorted()
      .at(-1) ?? first.knownAt;
  return [
    rows,
    '',
    `${synthetic}${first.horizon}: close of ${session} from bars to ${japanClock(newest)} in Japan; ` +
      `${percent(first.coverage, 0)} of closes are promised inside; model ${first.modelVersion}, ` +
      `${first.intervalMethod}.`,
    ...basisInWords(predictions),
  ].join('\n');
}

function judgedColumns(decimals: 0 | 1): Columns<Today['predictions'][number]> {
  return {
    close: right(({ close }) => (close === null ? '' : yen(close, decimals))),
    inside: ({ inside }) => insideInWords(inside),
  };
}

function insideInWords(inside: boolean | null): string {
  return inside === null ? '' : inside ? 'yes' : 'no';
}

/** Lists the cautions that a reader needs before the forecasts, a sentence a line. */
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
