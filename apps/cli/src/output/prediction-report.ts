import {
  type AnnouncementOfSession,
  type PredictionList,
  reasonsWithoutForecast,
  type Today,
} from '@daytrade/contracts';
import { programName } from '../program-name.ts';
import { ageInWords, basisInWords, count, japanClock, percent, priceDecimals, quantity, yen } from './format.ts';
import { type Columns, right, table } from './table.ts';

/** Reports the published intervals as a table, with their session, bars and model below it. */
export function predictionReport(list: PredictionList): string {
  const [first] = list.predictions;
  if (first === undefined) return 'No symbol has a bar at the newest session.';
  const prices = list.predictions.flatMap(({ lastClose, lower, centre, upper }) => [
    lastClose,
    lower,
    ...(centre === null ? [] : [centre]),
    upper,
  ]);
  const decimals = priceDecimals(prices);
  const skilled = list.predictions.some(({ directionSkilled }) => directionSkilled);
  const rows = table(list.predictions, {
    symbol: ({ symbol }) => symbol,
    name: ({ name }) => name,
    'last close': right(({ lastClose }) => yen(lastClose, decimals)),
    lower: right(({ lower }) => yen(lower, decimals)),
    ...(skilled ? { centre: right(({ centre }: Prediction) => (centre === null ? '–' : yen(centre, decimals))) } : {}),
    upper: right(({ upper }) => yen(upper, decimals)),
    width: right(({ lower, upper, lastClose }) => percent((upper - lower) / lastClose)),
    ...(skilled ? { up: right(({ probabilityUp }: Prediction) => percent(probabilityUp, 0)) } : {}),
  });
  const synthetic = first.synthetic ? 'SYNTHETIC bars. ' : '';
  const over = list.sessionOver ? ' (session over)' : '';
  return [
    rows,
    '',
    `${synthetic}Close of ${first.session}${over} from bars to ${first.lastSession}; ` +
      `${percent(first.coverage, 0)} of closes are promised inside; model ${first.modelVersion}, ` +
      `${first.intervalMethod}.`,
    ...(skilled ? [] : ['Direction: no skill measured, so neither a centre nor a chance of a rise is shown.']),
    ...announcementsInWords(list.predictions),
    ...dividendsInWords(list.predictions),
    ...basisInWords(list.predictions),
  ].join('\n');
}

type Prediction = PredictionList['predictions'][number];

/** Largest number of symbols that are named. */
const mostNamed = 12;

/** Names the symbols whose results may move the session, and those without a source of earnings dates. */
function announcementsInWords(predictions: PredictionList['predictions']): string[] {
  const announcing = predictions.flatMap(({ symbol, session, announcement }) =>
    announcement ? [`${symbol} ${announcementInWords(session, announcement)}`] : [],
  );
  const unknown = predictions.flatMap(({ symbol, announcementsKnown }) => (announcementsKnown === false ? symbol : []));
  const results = `Results: ${named(announcing)}. Intervals are wider where this was known when they were made.`;
  const none = unknown.length === predictions.length ? 'any symbol' : named(unknown);
  return [
    ...(announcing.length === 0 ? [] : [results]),
    ...(unknown.length === 0 ? [] : [`No source has earnings dates of ${none}: intervals know of none.`]),
  ];
}

function announcementInWords(session: string, { date, kind, time }: AnnouncementOfSession): string {
  const planned = kind === 'planned' ? 'planned ' : '';
  const place = date === session ? 'on the day of the forecast' : 'after the last close';
  const when = `${date}${time === null ? '' : ` ${time}`}`;
  return `${planned}${place} (${when})`;
}

function named(texts: readonly string[]): string {
  const more = texts.length > mostNamed ? ` and ${count(texts.length - mostNamed)} more` : '';
  return `${texts.slice(0, mostNamed).join(', ')}${more}`;
}

/** Names the symbols that go ex-dividend on the session, and counts those with unknown dividends. */
function dividendsInWords(predictions: PredictionList['predictions']): string[] {
  const exDay = predictions.filter(({ expectedDividend }) => (expectedDividend ?? 0) > 0);
  const unknown = predictions.filter(({ expectedDividend, priceBasis, synthetic }) => {
    return !synthetic && priceBasis !== 'fully-adjusted' && typeof expectedDividend !== 'number';
  }).length;
  const expected = exDay.map(({ symbol, expectedDividend }) => `${symbol} ${yen(expectedDividend!, 1)}`);
  const exDays =
    exDay.length === 0
      ? []
      : [`Ex-dividend on ${exDay[0]!.session}, intervals lower by the expected yen: ${named(expected)}.`];
  if (unknown === 0) return exDays;
  return [
    ...exDays,
    `No dividend is known of ${quantity(unknown, 'symbol')}: on an ex-day the interval lies too high by it.`,
  ];
}

/** Lists the cautions that a reader needs before the intervals, a sentence a line. */
export function predictionWarnings({ predictions, sessionOver, unpredicted, barsAge }: PredictionList): string[] {
  const age = ageInWords(barsAge);
  const session = predictions[0]?.session;
  const isLate = session !== undefined && predictions.some(({ late }) => late);
  return [
    ...(age === undefined ? [] : [age]),
    ...(sessionOver && session !== undefined ? [`this forecast is for ${session}, a session that is over`] : []),
    ...(isLate
      ? [`it was made after the session of ${session} had opened: a reconstruction, which counts for nothing`]
      : []),
    ...(isLate && !sessionOver
      ? [`where the close lies from what is known within the day: ${programName} predict --at open, or --at 10:30`]
      : []),
    ...unpredicted.map(({ symbol, lastDate }) => `${symbol} has no interval: its bars end ${lastDate}`),
  ].map((sentence) => `note: ${sentence}`);
}

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
    inside: ({ inside }) => (inside === null ? '' : inside ? 'yes' : 'no'),
  };
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
      ([reason, symbols]) =>
        `no forecast of ${named(symbols.map(({ symbol }) => symbol))}: ${reasonsWithoutForecast[reason]}`,
    ),
  ].map((sentence) => `note: ${sentence}`);
}
