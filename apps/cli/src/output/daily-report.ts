import type { CoverageWindow, DailyReport, LiveAccuracy } from '@daytrade/contracts';
import { say } from '../language/language.ts';
import { count, japanClock, list, percent, quantity, range, syntheticMark, yen } from './format.ts';
import { right, table } from './table.ts';

/** Number of misses that are listed; the page has every symbol. */
const mostMisses = 20;

/** Reports a session in words and tables: the promised coverage first, then the misses. */
export function dailyReportText(report: DailyReport): string {
  const parts = [heading, coverage, misses];
  return parts
    .map((part) => part(report))
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading({ session, revision, madeAt, synthetic, predictions, coverage: { day } }: DailyReport): string {
  const inTime = predictions.filter(({ late }) => !late).length;
  const missing = inTime - day.judged;
  const intervals = quantity(inTime, 'interval');
  const published = list([
    say`${count(day.inside)} of ${quantity(day.judged, 'close')} inside`,
    say`${intervals} published`,
  ]);
  return [
    `${syntheticMark(synthetic)}${say`Report of ${session}, revision ${revision}, made ${japanClock(madeAt)} JST`}`,
    missing === 0 ? published : say`${published}; ${count(missing)} without a close yet`,
  ].join('\n');
}

function coverage({ target, coverage: { day, windows, live } }: DailyReport): string {
  const rows = table([day, ...windows], {
    window: windowName,
    coverage: right((window) => percent(window.coverage)),
    inside: right(({ inside }) => inside),
    judged: right(({ judged }) => judged),
    [say`band around ${percent(target, 0)}`]: ({ band }) =>
      band === null ? '–' : range(percent(band.low), percent(band.high)),
  });
  return [rows, ...(live === undefined ? [] : [leftOut(live)]), say(ofTheBand)].join('\n');
}

const ofTheBand =
  'The band takes closes to be independent; those of one day are not, so a day is outside of it more often.';

/** Counts what the coverage of the longest window leaves out. */
function leftOut({ unjudged, missing, restated }: LiveAccuracy): string {
  const counts = list([
    say`${quantity(unjudged, 'interval')} without a close`,
    say`${quantity(missing, 'session')} without intervals`,
    say`${quantity(restated, 'close')} restated after the judgement`,
  ]);
  return say`Published in time: ${counts}`;
}

function windowName({ sessions, judgedSessions }: CoverageWindow): string {
  if (sessions === 1) return say`this session`;
  const window = quantity(sessions, 'session');
  return judgedSessions < sessions ? say`${window} (${judgedSessions} so far)` : window;
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
    'price basis': ({ priceBasis }) => say(priceBasis),
  });
  return more > 0 ? `${rows}\n${say`and ${count(more)} more, all on the page`}` : rows;
}
