import type { AnnouncementOfSession, PredictionList } from '@daytrade/contracts';
import { programName } from '../program-name.ts';
import { ageInWords } from './bars-age.ts';
import { count, percent, priceDecimals, yen } from './format.ts';
import { basisInWords } from './price-basis.ts';
import { renderTable } from './table.ts';

/**
 * The published intervals as a table, and below it what they are: of which session, from which bars, by which model.
 */
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
  const ifSkilled = <Column>(column: Column) => (skilled ? [column] : []);
  const table = renderTable(
    [
      { title: 'symbol' },
      { title: 'name' },
      { title: 'last close', align: 'right' },
      { title: 'lower', align: 'right' },
      ...ifSkilled({ title: 'centre', align: 'right' } as const),
      { title: 'upper', align: 'right' },
      { title: 'width', align: 'right' },
      ...ifSkilled({ title: 'up', align: 'right' } as const),
    ],
    list.predictions.map((entry) => [
      entry.symbol,
      entry.name,
      yen(entry.lastClose, decimals),
      yen(entry.lower, decimals),
      ...ifSkilled(entry.centre === null ? '–' : yen(entry.centre, decimals)),
      yen(entry.upper, decimals),
      percent((entry.upper - entry.lower) / entry.lastClose),
      ...ifSkilled(entry.probabilityUp === null ? '–' : percent(entry.probabilityUp, 0)),
    ]),
  );
  const synthetic = first.synthetic ? 'SYNTHETIC bars. ' : '';
  const over = list.sessionOver ? ' (session over)' : '';
  return [
    table,
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

/** Symbols that are named at most. */
const mostNamed = 12;

/** Symbols whose results may move the session, and symbols without a source of days of results. */
function announcementsInWords(predictions: PredictionList['predictions']): string[] {
  const announcing = predictions.flatMap(({ symbol, session, announcement }) =>
    announcement ? [`${symbol} ${announcementInWords(session, announcement)}`] : [],
  );
  const unknown = predictions.flatMap(({ symbol, announcementsKnown }) => (announcementsKnown === false ? symbol : []));
  const results = `Results: ${named(announcing)}. Intervals are wider where this was known when they were made.`;
  const none = unknown.length === predictions.length ? 'any symbol' : named(unknown);
  return [
    ...(announcing.length === 0 ? [] : [results]),
    ...(unknown.length === 0 ? [] : [`No source has days of results of ${none}: intervals know of none.`]),
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

/** Which symbols trade without their dividend on the session, and of how many that is not known; none where all are. */
function dividendsInWords(predictions: PredictionList['predictions']): string[] {
  const exDay = predictions.filter(({ expectedDividend }) => (expectedDividend ?? 0) > 0);
  const unknown = predictions.filter(({ expectedDividend, priceBasis, synthetic }) => {
    return !synthetic && priceBasis !== 'fully-adjusted' && typeof expectedDividend !== 'number';
  }).length;
  const named = exDay
    .slice(0, mostNamed)
    .map(({ symbol, expectedDividend }) => `${symbol} ${yen(expectedDividend!, 1)}`);
  const more = exDay.length > mostNamed ? ` and ${count(exDay.length - mostNamed)} more` : '';
  const exDays =
    exDay.length === 0
      ? []
      : [`Ex-dividend on ${exDay[0]!.session}, intervals lower by the expected yen: ${named.join(', ')}${more}.`];
  if (unknown === 0) return exDays;
  const symbols = `${count(unknown)} symbol${unknown === 1 ? '' : 's'}`;
  return [...exDays, `No dividend is known of ${symbols}: on an ex-day the interval lies too high by it.`];
}

/**
 * What whoever reads the intervals has to know first, a sentence a line; none when the bars are of the last finished
 * session.
 */
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
