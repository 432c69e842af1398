import {
  type AnnouncementOfSession,
  type LeftOut,
  namedHorizonSchema,
  type PredictionList,
  reasonsWithoutForecast,
  routes,
  type Today,
  targetInWords,
} from '@daytrade/contracts';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { say } from '../language/language.ts';
import {
  ageInWords,
  basisInWords,
  count,
  japanClock,
  named,
  percent,
  priceDecimals,
  quantity,
  syntheticMark,
  yen,
} from '../output/format.ts';
import { type Columns, right, table } from '../output/table.ts';
import { printNote, printResult, reportLeftOut } from '../output/terminal.ts';
import { programName } from '../program-name.ts';

export const predictCommand: CommandDefinition = {
  usage: 'predict [symbols...]',
  summary: 'publish the intervals for the next session, or where the close of today lies',
  description: `Predicts the next session's close of each symbol with the live model and publishes the interval that
holds it with the promised coverage of ${targetInWords}. Bounds of traded prices are on the tick and inside the daily
limits, also where the exchange has widened them; adjusted prices have neither, and are rounded to five digits. A centre
and a calibrated probability that the close rises ("up") are shown only where skill in the direction was measured; else
the output says that none was, and the JSON has null for both and "directionSkilled": false.

When the bars end before the last finished session, standard error says by how much, and the JSON has it as "barsAge":
the forecast is then for a session that is over.

With --at it predicts the close of today instead, from what was known at a time of the day: 08:30, open, or every 15
minutes in market hours from 09:15 to 11:30 and from 12:45 to 15:15. It needs 5-minute bars of today; "open" needs only
the first one, since its model learns from daily bars. What is asked for 5 minutes after its time, or later, is a
reconstruction: it says so, and counts for nothing.`,
  examples: [
    'daytrade predict',
    'daytrade predict 7203 6758.T --json',
    'daytrade predict --at open',
    'daytrade predict 7203 --at 10:30',
  ],
  configure: (command) => command.option('--at <time>', 'the close of today, from what was known at: open, 10:30, …'),
  run: async (context, { args, options }) => {
    const symbols = args.length === 0 ? {} : { symbols: [...args] };
    const horizon = options.at === undefined ? undefined : parseInput(namedHorizonSchema, options.at, '--at');
    const { ml } = await context.connect();
    if (horizon === undefined) {
      const list = await ml.call(routes.publishPredictions, { body: symbols });
      print(context, list, predictionWarnings(list), () => predictionReport(list));
    } else {
      const today = await ml.call(routes.publishToday, { body: { ...symbols, horizon } });
      print(context, today, inDayWarnings(today), () => inDayReport(today));
    }
  },
};

function print(
  { terminal, json }: CommandContext,
  answer: { readonly leftOut: LeftOut },
  warnings: readonly string[],
  text: () => string,
): void {
  reportLeftOut(terminal, answer.leftOut);
  for (const warning of warnings) printNote(terminal, warning);
  printResult({ terminal, json }, answer, text);
}

/** Reports the published intervals as a table, with their session, bars and model below it. */
export function predictionReport(list: PredictionList): string {
  const [first] = list.predictions;
  if (first === undefined) return say`No symbol has a bar at the newest session.`;
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
  const close = list.sessionOver ? say`Close of ${first.session} (session over)` : say`Close of ${first.session}`;
  const made = say`${close} from bars to ${first.lastSession}; ${promise(first)}.`;
  return [
    rows,
    '',
    `${syntheticMark(first.synthetic)}${made}`,
    ...(skilled ? [] : [say`Direction: no skill measured, so neither a centre nor a chance of a rise is shown.`]),
    ...announcementsInWords(list.predictions),
    ...dividendsInWords(list.predictions),
    ...basisInWords(list.predictions),
  ].join('\n');
}

type Prediction = PredictionList['predictions'][number];

function promise(first: Pick<Prediction, 'coverage' | 'modelVersion' | 'intervalMethod'>): string {
  const { coverage, modelVersion, intervalMethod } = first;
  return say`${percent(coverage, 0)} of closes are promised inside; model ${modelVersion}, ${intervalMethod}`;
}

/** Names the symbols whose results may move the session, and those without a source of earnings dates. */
function announcementsInWords(predictions: PredictionList['predictions']): string[] {
  const announcing = predictions.flatMap(({ symbol, session, announcement }) =>
    announcement ? [`${symbol} ${announcementInWords(session, announcement)}`] : [],
  );
  const unknown = predictions.flatMap(({ symbol, announcementsKnown }) => (announcementsKnown === false ? symbol : []));
  const none = unknown.length === predictions.length ? say`any symbol` : named(unknown);
  return [
    ...(announcing.length === 0
      ? []
      : [say`Results: ${named(announcing)}. Intervals are wider where this was known when they were made.`]),
    ...(unknown.length === 0 ? [] : [say`No source has earnings dates of ${none}: intervals know of none.`]),
  ];
}

function announcementInWords(session: string, { date, kind, time }: AnnouncementOfSession): string {
  const planned = kind === 'planned' ? 'planned ' : '';
  const place = date === session ? 'on the day of the forecast' : 'after the last close';
  return say(`${planned}${place} ({0})`, time === null ? date : `${date} ${time}`);
}

/** Names the symbols that go ex-dividend on the session, and counts those with unknown dividends. */
function dividendsInWords(predictions: PredictionList['predictions']): string[] {
  const exDay = predictions.filter(({ expectedDividend }) => (expectedDividend ?? 0) > 0);
  const unknown = predictions.filter(({ expectedDividend, priceBasis, synthetic }) => {
    return !synthetic && priceBasis !== 'fully-adjusted' && typeof expectedDividend !== 'number';
  }).length;
  const expected = exDay.map(({ symbol, expectedDividend }) => `${symbol} ${yen(expectedDividend!, 1)}`);
  return [
    ...exDay
      .slice(0, 1)
      .map(({ session }) => say`Ex-dividend on ${session}, intervals lower by the expected yen: ${named(expected)}.`),
    ...(unknown === 0
      ? []
      : [say`No dividend is known of ${quantity(unknown, 'symbol')}: on an ex-day the interval lies too high by it.`]),
  ];
}

/** Lists the cautions that a reader needs before the intervals, a sentence a line. */
export function predictionWarnings({ predictions, sessionOver, unpredicted, barsAge }: PredictionList): string[] {
  const age = ageInWords(barsAge);
  const session = predictions[0]?.session;
  const isLate = session !== undefined && predictions.some(({ late }) => late);
  return [
    ...(age === undefined ? [] : [age]),
    ...(sessionOver && session !== undefined ? [say`this forecast is for ${session}, a session that is over`] : []),
    ...(isLate
      ? [say`it was made after the session of ${session} had opened: a reconstruction, which counts for nothing`]
      : []),
    ...(isLate && !sessionOver
      ? [say`where the close lies from what is known within the day: ${programName} predict --at open, or --at 10:30`]
      : []),
    ...unpredicted.map(({ symbol, lastDate }) => say`${symbol} has no interval: its bars end ${lastDate}`),
  ].map((sentence) => say`note: ${sentence}`);
}

/** Reports the forecasts of today's close as a table, with their session, time and model below it. */
export function inDayReport({ session, horizon, predictions }: Today): string {
  const [first] = predictions;
  if (first === undefined) {
    return horizon === null
      ? say`No symbol has a forecast of the close of ${session} at any time.`
      : say`No symbol has a forecast of the close of ${session} at ${horizon}.`;
  }
  const decimals = priceDecimals(
    predictions.flatMap(({ previousClose, price, lower, upper, close }) => [
      previousClose,
      price,
      lower,
      upper,
      close ?? price,
    ]),
  );
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
  const newest = japanClock(
    predictions
      .map(({ knownAt }) => knownAt)
      .toSorted()
      .at(-1)!,
  );
  const made = say`${first.horizon}: close of ${session} from bars to ${newest} in Japan; ${promise(first)}.`;
  return [rows, '', `${syntheticMark(first.synthetic)}${made}`, ...basisInWords(predictions)].join('\n');
}

function judgedColumns(decimals: 0 | 1): Columns<Today['predictions'][number]> {
  return {
    close: right(({ close }) => (close === null ? '' : yen(close, decimals))),
    inside: ({ inside }) => (inside === null ? '' : say(inside ? 'yes' : 'no')),
  };
}

/** Lists the cautions that a reader needs before the forecasts, a sentence a line. */
export function inDayWarnings({ horizon, predictions, withoutForecast }: Today): string[] {
  const late = predictions.filter((prediction) => prediction.late).length;
  const ofReason = Map.groupBy(withoutForecast, ({ reason }) => reason);
  return [
    ...(late === 0
      ? []
      : [say`${count(late)} of ${horizon!} were made after their time: reconstructions, which count for nothing`]),
    ...[...ofReason].map(([reason, symbols]) => {
      const without = named(symbols.map(({ symbol }) => symbol));
      return say`no forecast of ${without}: ${say(reasonsWithoutForecast[reason])}`;
    }),
  ].map((sentence) => say`note: ${sentence}`);
}
