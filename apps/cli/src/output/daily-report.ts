import type { CoverageWindow, DailyReport } from '@daytrade/contracts';
import { say } from '../language/language.ts';
import { count, japanClock, list, percent, quantity, range, syntheticMark } from './format.ts';
import { right, table } from './table.ts';

/** Reports the coverage of a session; the HTML report has its closes. */
export function dailyReportText(report: DailyReport): string {
  return `${heading(report)}\n\n${coverage(report)}`;
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

function coverage({ target, coverage: { day, windows } }: DailyReport): string {
  const rows = table([day, ...windows], {
    window: windowName,
    coverage: right((window) => percent(window.coverage)),
    inside: right(({ inside }) => inside),
    judged: right(({ judged }) => judged),
    [say`band around ${percent(target, 0)}`]: ({ band }) =>
      band === null ? '–' : range(percent(band.low), percent(band.high)),
  });
  return `${rows}\n${say(ofTheBand)}`;
}

const ofTheBand =
  'The band takes closes to be independent; those of one day are not, so a day is outside of it more often.';

function windowName({ sessions, judgedSessions }: CoverageWindow): string {
  if (sessions === 1) return say`this session`;
  const window = quantity(sessions, 'session');
  return judgedSessions < sessions ? say`${window} (${judgedSessions} so far)` : window;
}
