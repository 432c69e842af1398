import { parseResult } from '@daytrade/contracts';
import { unfinishedStatuses } from '@daytrade/jobs';
import { instantOf, phaseAt, previousSession, sessionTimes, type TradeDate } from '@daytrade/market';
import { activeSymbols, type PublishedInDay, type PublishedPrediction } from '@daytrade/storage';
import { type NoticeFinder, type NoticeQuestion, yen } from './findings.ts';

interface SelectedSymbol {
  readonly symbol: string;
  readonly name: string;
}

/** The listed prediction: of 08:30 if the American session is known, otherwise of the evening before. */
interface Listed {
  readonly evening: PublishedPrediction;
  readonly morning: PublishedInDay | undefined;
}

/** Finds the morning list: the selected symbols with their intervals, and the result of the last session. */
export const findMorningList: NoticeFinder = async (question) => {
  const { stores, words, now } = question;
  const { session } = phaseAt(now);
  if (session === null || now >= instantOf(session, sessionTimes(session).close)) return [];
  const selected = await selectedOf(question, session);
  if (selected === undefined) return [];
  const { synthetic } = await activeSymbols(stores);
  const predictions = await stores.predictions.forSession(session, synthetic);
  // The prediction follows the selection, so there is nothing to list yet.
  if (predictions.length === 0) return [];
  const atHalfPastEight = await stores.inDayPredictions.ofHorizon({ session, horizon: 'close@08:30' }, synthetic);
  const mornings = new Map(atHalfPastEight.map((forecast) => [forecast.symbol, forecast]));
  const bySymbol = new Map<string, Listed>(
    predictions.map((evening) => [evening.symbol, { evening, morning: mornings.get(evening.symbol) }]),
  );
  const yesterday = await judgedBefore(question, session, synthetic);
  return [
    {
      kind: 'morning-list',
      subject: session,
      synthetic,
      title: words.morning(session),
      lines: [
        ...selected.map((entry) => lineOf(entry, bySymbol.get(entry.symbol), question)),
        ...(selected.length === 0 ? [words.morningNone] : []),
        ...yesterday.lines,
        words.promise,
      ],
      facts: {
        session,
        symbols: selected.flatMap(({ symbol }) => factsOf(bySymbol.get(symbol))),
        judged: yesterday.facts,
      },
    },
  ];
};

/** Returns undefined until the preparation of the day and its prediction have ended. */
async function selectedOf(
  { stores }: NoticeQuestion,
  session: TradeDate,
): Promise<readonly SelectedSymbol[] | undefined> {
  const queuedBetween = {
    from: new Date(instantOf(session, '00:00')).toISOString(),
    to: new Date(instantOf(session, '23:59')).toISOString(),
  };
  const [newest] = await stores.runs.list({ job: 'market-preparation', status: 'succeeded', queuedBetween, limit: 1 });
  if (newest === undefined) return undefined;
  const { selected, predictionRun } = parseResult('market-preparation', newest.result);
  const predicting = predictionRun === null ? undefined : await stores.runs.find(predictionRun);
  return predicting !== undefined && unfinishedStatuses.includes(predicting.status) ? undefined : selected;
}

function lineOf({ symbol, name }: SelectedSymbol, listed: Listed | undefined, { words }: NoticeQuestion) {
  if (listed === undefined) return words.morningMissing(symbol, name);
  const { lastClose, priceBasis } = listed.evening;
  const { lower, upper } = listed.morning ?? listed.evening;
  return [
    words.morningSymbol(symbol, name, yen(lower), yen(upper), yen(lastClose)),
    ...(listed.morning === undefined ? [] : [words.morningNight]),
    ...(priceBasis === 'traded' ? [] : [words.morningAdjusted]),
  ].join('; ');
}

function factsOf(listed: Listed | undefined) {
  if (listed === undefined) return [];
  const { symbol, name, lastClose } = listed.evening;
  const horizon = listed.morning?.horizon ?? 'next-close';
  const { lower, upper, coverage, priceBasis, modelVersion } = listed.morning ?? listed.evening;
  return [{ symbol, name, horizon, lower, upper, lastClose, coverage, priceBasis, modelVersion }];
}

async function judgedBefore({ stores, words }: NoticeQuestion, session: TradeDate, synthetic: boolean) {
  const before = previousSession(session);
  const report = await stores.reports.find({ session: before, synthetic });
  const day = report?.coverage.day;
  if (report === undefined || day === undefined || day.judged === 0)
    return { lines: [words.notJudged(before)], facts: null };
  const outside = report.predictions.filter(({ inside }) => inside === false).map(({ symbol }) => symbol);
  return {
    lines: [
      words.judged(before, String(day.inside), String(day.judged)),
      ...(outside.length === 0 ? [] : [words.outside(outside.join(', '))]),
    ],
    facts: { session: before, judged: day.judged, inside: day.inside, outside },
  };
}
