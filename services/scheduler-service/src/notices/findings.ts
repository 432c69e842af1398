import { coverageBounds, type Notice, type NoticeKind, type ReportLanguage, type Run } from '@daytrade/contracts';
import { barsAge, compareText, instantOf, japanDate, phaseAt, sessionTimes } from '@daytrade/market';
import type { NoticeTexts } from '@daytrade/notices';
import { activeSymbols, newestBar } from '@daytrade/storage';
import type { SchedulerServiceDependencies } from '../app.ts';

export interface NoticeQuestion extends Pick<SchedulerServiceDependencies, 'stores' | 'settings'> {
  readonly words: NoticeTexts;
  readonly language: ReportLanguage;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

export type FoundNotice = Omit<Notice, 'kind' | 'madeAt'> & { readonly kind: NoticeKind };

/** Finds notices. A lasting reason is found again; the table admits each notice once. */
export type NoticeFinder = (question: NoticeQuestion) => Promise<readonly FoundNotice[]>;

/** Older failures cause no notice. */
const lookBackMs = 86_400_000;
const runsRead = 200;
const longestJson = 16_384;

/** Finds the first failed run of each job and Japanese day, since a job may fail every five minutes. */
export const findFailedRuns: NoticeFinder = async (question) => {
  const failed = [...(await newestRuns(question, 'failed')), ...(await newestRuns(question, 'timed-out'))];
  const { words } = question;
  return failed
    .sort((one, other) => compareText(one.finishedAt ?? '', other.finishedAt ?? ''))
    .map(
      ({ id, job, attempt, error, finishedAt, queuedAt }): FoundNotice => ({
        kind: 'run-failed',
        subject: `${job}/${japanDate(Date.parse(finishedAt ?? queuedAt))}`,
        synthetic: false,
        title: words.runFailed(job),
        lines: [`${error?.message ?? ''} [${error?.code ?? ''}]`, words.runText(id, attempt), words.moreFailures],
        facts: { run: id, job, attempt, code: error?.code ?? null, message: error?.message ?? null },
      }),
    );
};

function newestRuns({ stores, now }: NoticeQuestion, status: Run['status']): Promise<readonly Run[]> {
  const queuedBetween = { from: new Date(now - lookBackMs).toISOString(), to: new Date(now + 1).toISOString() };
  return stores.runs.list({ status, queuedBetween, limit: runsRead, longestJson });
}

/** Ten minutes before the open, twenty after the start of `market-preparation`. */
const dueAt = '08:50';

/** Finds a session about to open without a published prediction, despite bars and a live model. */
export const findMissingPrediction: NoticeFinder = async ({ stores, words, now }) => {
  const { session } = phaseAt(now);
  if (session === null || now < instantOf(session, dueAt) || now >= instantOf(session, sessionTimes(session).close))
    return [];
  const { records, synthetic } = await activeSymbols(stores);
  if (records.length === 0 || (await stores.models.live()) === undefined) return [];
  if ((await stores.predictions.forSession(session, synthetic)).length > 0) return [];
  return [
    {
      kind: 'no-prediction',
      subject: session,
      synthetic,
      title: words.noPrediction(session),
      lines: [words.noPredictionText],
      facts: { session },
    },
  ];
};

/** Finds full windows of the newest report outside the bounds of the objective. */
export const findCoverageOutside: NoticeFinder = async ({ stores, words }) => {
  const { synthetic } = await activeSymbols(stores);
  const [newest] = await stores.reports.list(synthetic, 1);
  if (newest === undefined) return [];
  const report = await stores.reports.find({ session: newest.session, synthetic });
  return (report?.coverage.windows ?? []).flatMap((window): FoundNotice[] => {
    const { sessions, judgedSessions, coverage, judged, inside } = window;
    if (!(sessions === 20 || sessions === 60) || coverage === null || judgedSessions < sessions) return [];
    const { low, high } = coverageBounds[sessions];
    if (coverage >= low && coverage <= high) return [];
    return [
      {
        kind: 'coverage-outside',
        subject: `${newest.session}/${sessions}`,
        synthetic,
        title: words.coverage(sessions, percent(coverage)),
        lines: [words.coverageText(percent(low), percent(high), newest.session)],
        facts: { session: newest.session, sessions, judged, inside, coverage, low, high },
      },
    ];
  });
};

/**
 * Finds symbols of the setting whose price of today left the interval for the close that was the newest one then: the
 * price of a forecast within the day, against the forecast before it.
 */
export const findPriceOutside: NoticeFinder = async ({ stores, settings, words, now }) => {
  const { session } = phaseAt(now);
  const codes = settings.DAYTRADE_NOTICE_SYMBOLS;
  if (session === null || codes === '') return [];
  const { records, synthetic } = await activeSymbols(stores);
  const wanted = records.filter(({ symbol }) => codes.split(',').includes(symbol));
  if (wanted.length === 0) return [];
  const evenings = await stores.predictions.forSession(session, synthetic);
  const found = wanted.map(async ({ symbol, name }): Promise<FoundNotice[]> => {
    const ofDay = await stores.inDayPredictions.ofSymbol(session, symbol, synthetic);
    const standing = [evenings.find((evening) => evening.symbol === symbol), ...ofDay];
    const isOutside = (price: number, place: number) => {
      const before = standing[place];
      return before !== undefined && (price < before.lower || price > before.upper);
    };
    const place = ofDay.findIndex(({ price }, index) => isOutside(price, index));
    const [left, before] = [ofDay[place], standing[place]];
    if (left === undefined || before === undefined) return [];
    const { price, horizon } = left;
    const { lower, upper, coverage } = before;
    return [
      {
        kind: 'price-outside',
        subject: `${session}/${symbol}`,
        synthetic,
        title: words.priceOutside(symbol, name, yen(price)),
        lines: [words.priceOutsideText(yen(lower), yen(upper), horizon.replace('close@', ''))],
        facts: { session, symbol, horizon, price, lower, upper, coverage },
      },
    ];
  });
  return (await Promise.all(found)).flat();
};

/** Finds bars that are several sessions old, once for each finished session without one. */
export const findOldBars: NoticeFinder = async ({ stores, settings, words, now }) => {
  const { records, synthetic } = await activeSymbols(stores);
  const newest = newestBar(records);
  if (newest === undefined) return [];
  const age = barsAge(newest, now);
  if (age.sessionsBehind < settings.DAYTRADE_NOTICE_BARS_BEHIND) return [];
  return [
    {
      kind: 'bars-old',
      subject: age.lastFinishedSession,
      synthetic,
      title: words.barsOld(age.sessionsBehind),
      lines: [words.barsOldText(age.newest, age.lastFinishedSession)],
      facts: { ...age },
    },
  ];
};

/** Formats a share: 0.9312 is `93.1 %`. */
function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Formats a price in yen with thousands separators and at most one decimal. */
export function yen(value: number): string {
  const minimumFractionDigits = Number.isInteger(value) ? 0 : 1;
  return value.toLocaleString('en-US', { minimumFractionDigits, maximumFractionDigits: 1 });
}
