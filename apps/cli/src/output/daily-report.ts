import type { CoverageWindow, DailyReport, LiveAccuracy } from '@daytrade/contracts';
import { basisPoints, count, directionInWords, duration, japanClock, percent, quantity, yen } from './format.ts';
import { renderTable } from './table.ts';

/** Misses that are listed; the page has every symbol. */
const mostMisses = 20;

/** The report of a session in words and tables: the promise first, then what went wrong. */
export function dailyReportText(report: DailyReport): string {
  const parts = [heading, coverage, misses, withinDay, direction, quality, runs];
  return parts
    .map((part) => part(report))
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading({ session, revision, madeAt, synthetic, predictions, coverage: { day }, model }: DailyReport): string {
  const inTime = predictions.filter(({ late }) => !late).length;
  const missing = inTime - day.judged;
  return [
    `${synthetic ? 'SYNTHETIC bars. ' : ''}Report of ${session}, revision ${revision}, made ${japanClock(madeAt)} JST`,
    `${count(day.inside)} of ${quantity(day.judged, 'close')} inside, ` +
      `${quantity(inTime, 'interval')} ` +
      `published${missing === 0 ? '' : `; ${count(missing)} without a close yet`}`,
    model === null ? 'No model is live' : `Live model ${model.version}, since ${japanClock(model.liveSince)} JST`,
  ].join('\n');
}

function coverage({ target, coverage: { day, windows, live } }: DailyReport): string {
  const table = renderTable(
    [
      { title: 'window' },
      { title: 'coverage', align: 'right' },
      { title: 'inside', align: 'right' },
      { title: 'judged', align: 'right' },
      { title: `band around ${percent(target, 0)}` },
    ],
    [day, ...windows].map((window) => [
      windowName(window),
      percent(window.coverage),
      count(window.inside),
      count(window.judged),
      window.band === null ? '–' : `${percent(window.band.low)} to ${percent(window.band.high)}`,
    ]),
  );
  const more = live === undefined ? '' : leftOut(live);
  return (
    `${table}\n${more}The band takes closes to be independent; those of one day are not, so a day is outside ` +
    'of it more often.'
  );
}

/** What the coverage of the longest window does not count. */
function leftOut({ unjudged, missing, restated }: LiveAccuracy): string {
  return (
    `Published in time: ${quantity(unjudged, 'interval')} without a close, ${quantity(missing, 'session')} without ` +
    `intervals, ${quantity(restated, 'close')} restated after the judgement\n`
  );
}

function windowName({ sessions, judgedSessions }: CoverageWindow): string {
  if (sessions === 1) return 'this session';
  return `${sessions} sessions${judgedSessions < sessions ? ` (${judgedSessions} so far)` : ''}`;
}

function misses({ predictions }: DailyReport): string {
  const outside = predictions.filter(({ inside }) => inside === false);
  if (outside.length === 0) return '';
  const more = outside.length - mostMisses;
  const table = renderTable(
    [
      { title: 'outside' },
      { title: 'name' },
      { title: 'lower', align: 'right' },
      { title: 'close', align: 'right' },
      { title: 'upper', align: 'right' },
      { title: 'price basis' },
    ],
    outside
      .slice(0, mostMisses)
      .map(({ symbol, name, lower, close, upper, priceBasis }) => [
        symbol,
        name,
        yen(lower),
        close === null ? '–' : yen(close),
        yen(upper),
        priceBasis,
      ]),
  );
  return more > 0 ? `${table}\nand ${count(more)} more, all on the page` : table;
}

function withinDay({ withinDay: horizons }: DailyReport): string {
  if (horizons.length === 0) return '';
  const right = (title: string) => ({ title, align: 'right' as const });
  return renderTable(
    [{ title: 'within the day' }, ...['coverage', 'inside', 'judged', 'mean width', 'late'].map(right)],
    horizons.map(({ horizon, coverage: share, inside, judged, meanWidthBp, late }) => [
      horizon,
      percent(share),
      count(inside),
      count(judged),
      basisPoints(meanWidthBp),
      count(late),
    ]),
  );
}

function direction({ direction: measured, sharpness }: DailyReport): string {
  const width = `Mean width           ${basisPoints(sharpness.publishedWidthBp)}`;
  if (measured === null) return `Direction            no skill measured: no evaluation yet\n${width}`;
  const { skilled, hitRate, alwaysUp } = measured;
  const range = `hit rate ${percent(hitRate.low)} to ${percent(hitRate.high)}, always up ${percent(alwaysUp)}`;
  return `Direction            ${directionInWords(skilled)} (${range})\n${width}`;
}

function quality({ quality: { reasons, stale, symbols, barsAge } }: DailyReport): string {
  const added = reasons.reduce((sum, reason) => sum + (reason.added ?? 0), 0);
  const rows = reasons.reduce((sum, reason) => sum + reason.rows, 0);
  return [
    `Bars                 ${barsAge === null ? 'none' : age(barsAge)}; ` +
      `${count(stale.length)} of ${quantity(symbols, 'symbol')} without the session`,
    `Rows of the gate     ${count(rows)}, ${count(added)} new`,
  ].join('\n');
}

function age({ newest, sessionsBehind }: NonNullable<DailyReport['quality']['barsAge']>): string {
  return `newest ${newest}, ${quantity(sessionsBehind, 'session')} behind`;
}

function runs({ runs: { jobs, failed } }: DailyReport): string {
  if (jobs.length === 0) return '';
  const table = renderTable(
    [
      { title: 'job' },
      { title: 'runs', align: 'right' },
      { title: 'succeeded', align: 'right' },
      { title: 'failed', align: 'right' },
      { title: 'retried', align: 'right' },
      { title: 'longest', align: 'right' },
    ],
    jobs.map((job) => [
      job.job,
      count(job.runs),
      count(job.succeeded),
      count(job.failed),
      count(job.retried),
      job.longestSeconds === null ? '–' : duration(job.longestSeconds),
    ]),
  );
  return [table, ...failed.map(({ job, code, message }) => `  ${job} failed: ${code ?? ''} ${message ?? ''}`)].join(
    '\n',
  );
}
