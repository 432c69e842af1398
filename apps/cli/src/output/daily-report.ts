import type { CoverageWindow, DailyReport, LiveAccuracy } from '@daytrade/contracts';
import { basisPoints, count, directionInWords, japanClock, percent, quantity, yen } from './format.ts';
import { right, table } from './table.ts';

/** Number of misses that are listed; the page has every symbol. */
const mostMisses = 20;

/** Reports a session in words and tables: the promised coverage first, then the misses. */
export function dailyReportText(report: DailyReport): string {
  const parts = [heading, coverage, misses, withinDay, direction, quality];
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
  const rows = table([day, ...windows], {
    window: windowName,
    coverage: right((window) => percent(window.coverage)),
    inside: right(({ inside }) => inside),
    judged: right(({ judged }) => judged),
    [`band around ${percent(target, 0)}`]: ({ band }) =>
      band === null ? '–' : `${percent(band.low)} to ${percent(band.high)}`,
  });
  const more = live === undefined ? '' : leftOut(live);
  return (
    `${rows}\n${more}The band takes closes to be independent; those of one day are not, so a day is outside ` +
    'of it more often.'
  );
}

/** Counts what the coverage of the longest window leaves out. */
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
  const rows = table(outside.slice(0, mostMisses), {
    outside: ({ symbol }) => symbol,
    name: ({ name }) => name,
    lower: right(({ lower }) => yen(lower)),
    close: right(({ close }) => (close === null ? '–' : yen(close))),
    upper: right(({ upper }) => yen(upper)),
    'price basis': ({ priceBasis }) => priceBasis,
  });
  return more > 0 ? `${rows}\nand ${count(more)} more, all on the page` : rows;
}

function withinDay({ withinDay: horizons }: DailyReport): string {
  if (horizons.length === 0) return '';
  return table(horizons, {
    'within the day': ({ horizon }) => horizon,
    coverage: right(({ coverage: share }) => percent(share)),
    inside: right(({ inside }) => inside),
    judged: right(({ judged }) => judged),
    'mean width': right(({ meanWidthBp }) => basisPoints(meanWidthBp)),
    late: right(({ late }) => late),
  });
}

function direction({ direction: measured, sharpness }: DailyReport): string {
  const width = `Mean width           ${basisPoints(sharpness.publishedWidthBp)}`;
  if (measured === null) return `Direction            no skill measured: no evaluation yet\n${width}`;
  const { skilled, hitRate, alwaysUp } = measured;
  const range = `hit rate ${percent(hitRate.low)} to ${percent(hitRate.high)}, always up ${percent(alwaysUp)}`;
  return `Direction            ${directionInWords(skilled)} (${range})\n${width}`;
}

function quality({ quality: { stale, symbols, barsAge } }: DailyReport): string {
  return (
    `Bars                 ${barsAge === null ? 'none' : age(barsAge)}; ` +
    `${count(stale.length)} of ${quantity(symbols, 'symbol')} without the session`
  );
}

function age({ newest, sessionsBehind }: NonNullable<DailyReport['quality']['barsAge']>): string {
  return `newest ${newest}, ${quantity(sessionsBehind, 'session')} behind`;
}
