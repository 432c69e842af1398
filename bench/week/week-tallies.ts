import { defaultJobs, dueTimes } from '@daytrade/jobs';
import { horizonTime, inDayHorizonsOf, instantOf, lateFrom, type TradeDate } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';

/** How many of some things were as they have to be. */
export interface Tally {
  readonly name: string;
  readonly unit: string;
  readonly held: number;
  readonly of: number;
  readonly note: string;
}

/** Runs that a simulation lists at most; a week has about 500. */
const mostRuns = 5_000;

/** Due times of the default jobs between two instants (ISO 8601) that had one run, which succeeded. */
export async function dueOnce({ runs }: Stores, begin: string, end: string): Promise<Tally> {
  const listed = await runs.list({ limit: mostRuns, scheduledOnly: true });
  const keyOf = (job: string, at: number) => `${job} ${new Date(at).toISOString()}`;
  const found = Map.groupBy(listed, ({ key, scheduledFor }) => keyOf(key.split('/')[0]!, Date.parse(scheduledFor!)));
  const due = defaultJobs.flatMap(({ name, schedule }) =>
    dueTimes(schedule, Date.parse(begin), Date.parse(end)).map((at) => keyOf(name, at)),
  );
  const once = due.filter((key) => found.get(key)?.length === 1 && found.get(key)![0]!.status === 'succeeded');
  const known = new Set(due);
  const beyond = [...found.keys()].filter((key) => !known.has(key));
  const missing = due.filter((key) => !once.includes(key));
  return {
    name: 'due times whose job ran once, and succeeded',
    unit: 'of due times',
    held: once.length,
    // A run that nothing was due for counts against it.
    of: due.length + beyond.length,
    note: `${due.length} due times of ${defaultJobs.length} jobs${named([...missing, ...beyond])}`,
  };
}

/** Times of the day of some sessions that were published before they were over, from what was known by then. */
export async function horizonsInTime({ inDayPredictions }: Stores, sessions: readonly TradeDate[]): Promise<Tally> {
  const missed: string[] = [];
  let of = 0;
  let forecasts = 0;
  for (const session of sessions) {
    for (const horizon of inDayHorizonsOf(session)) {
      const published = await inDayPredictions.ofHorizon({ session, horizon }, true);
      const inTime = published.filter(
        ({ madeAt, knownAt }) =>
          Date.parse(madeAt) < lateFrom(session, horizon) && Date.parse(knownAt) <= horizonTime(session, horizon),
      );
      of += 1;
      forecasts += published.length;
      if (published.length === 0 || inTime.length < published.length) missed.push(`${session} ${horizon}`);
    }
  }
  return {
    name: 'times of the day whose forecasts were all published in time',
    unit: 'of times of the day',
    held: of - missed.length,
    of,
    note: `${of} times, ${forecasts} forecasts${named(missed)}`,
  };
}

/** Predictions of some sessions whose close is in the first report of the session, which is that of 16:00. */
export async function reportedCloses({ reports }: Stores, sessions: readonly TradeDate[]): Promise<Tally> {
  let [held, of] = [0, 0];
  for (const session of sessions) {
    const report = await reports.find({ session, synthetic: true, revision: 1 });
    const atFour = report !== undefined && Date.parse(report.madeAt) === instantOf(session, '16:00');
    of += report?.predictions.length ?? 1;
    held += atFour ? report.predictions.filter(({ close }) => close !== null).length : 0;
  }
  return {
    name: 'predictions whose close is in the report of 16:00',
    unit: 'of predictions',
    held,
    of,
    note: `${of} predictions of ${sessions.length} sessions`,
  };
}

function named(things: readonly string[]): string {
  return things.length === 0 ? '' : `; not ${things.slice(0, 5).join(', ')}${things.length > 5 ? ' and others' : ''}`;
}
