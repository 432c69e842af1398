import { type CoverageDay, targetCoverage } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { binomialBand } from '../../binomial-band.ts';
import { at, percent } from '../figures.ts';

const frame = { left: 38, right: 396, top: 8, bottom: 150, height: 172 } as const;
const longWindow = 20;

/** A session on the plot: shares, and the share over the 20 sessions to it where there are as many. */
interface Point {
  readonly session: string;
  readonly share: number;
  readonly band: { readonly low: number; readonly high: number };
  readonly overTwenty: number | null;
}

/**
 * The coverage of each session with its band, the coverage over 20 sessions, and the promise.
 *
 * @param label what a reader hears who does not see it
 */
export function coverageCurve(days: readonly CoverageDay[], label: string): Html {
  const points = days.map((day, index) => pointOf(day, days.slice(Math.max(0, index + 1 - longWindow), index + 1)));
  const lowest = Math.min(0.85, ...points.flatMap(({ share, band }) => [share, band.low]));
  const floor = Math.floor(lowest * 10) / 10;
  const step = (frame.right - frame.left) / Math.max(1, points.length);
  const x = (index: number) => frame.left + step * (index + 0.5);
  const y = (share: number) => frame.bottom - ((share - floor) / (1 - floor)) * (frame.bottom - frame.top);
  const long = points.flatMap(({ overTwenty }, index) =>
    overTwenty === null ? [] : [`${at(x(index))},${at(y(overTwenty))}`],
  );
  return html`<svg class="curve" viewBox="0 0 400 ${frame.height}" role="img" aria-label="${label}">
${[floor, (floor + 1) / 2, 1].map((share) => gridLine(share, y(share)))}
${points.map(({ band }, index) => {
  const wide = Math.min(step * 0.8, 14);
  return html`<rect class="band" x="${at(x(index) - wide / 2)}" width="${at(wide)}" y="${at(y(band.high))}" height="${at(y(band.low) - y(band.high))}"/>`;
})}
<line class="target" x1="${frame.left}" x2="${frame.right}" y1="${at(y(targetCoverage))}" y2="${at(y(targetCoverage))}"/>
<polyline class="twenty" points="${long.join(' ')}"/>
${points.map(({ share, band }, index) => {
  const place = share < band.low || share > band.high ? 'day outside' : 'day';
  return html`<circle class="${place}" cx="${at(x(index))}" cy="${at(y(share))}" r="2.6"/>`;
})}
${sessionLabels(points, x)}</svg>`;
}

function pointOf(day: CoverageDay, twenty: readonly CoverageDay[]): Point {
  const sum = (pick: (day: CoverageDay) => number) => twenty.reduce((total, one) => total + pick(one), 0);
  return {
    session: day.session,
    share: day.inside / day.judged,
    band: binomialBand(day.judged, targetCoverage),
    overTwenty: twenty.length < longWindow ? null : sum(({ inside }) => inside) / sum(({ judged }) => judged),
  };
}

function gridLine(share: number, y: number): Html {
  return html`<line class="axis" x1="${frame.left}" x2="${frame.right}" y1="${at(y)}" y2="${at(y)}"/>
<text x="${frame.left - 4}" y="${at(y + 3.5)}" text-anchor="end">${percent(share, 0)}</text>`;
}

/** The first and the last session below the plot. */
function sessionLabels(points: readonly Point[], x: (index: number) => number): readonly Html[] {
  const y = frame.bottom + 16;
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (points.length < 5) return [html`<text x="${frame.left}" y="${y}">${first.session} – ${last.session}</text>`];
  return [
    html`<text x="${at(x(0))}" y="${y}">${first.session}</text>`,
    html`<text x="${frame.right}" y="${y}" text-anchor="end">${last.session}</text>`,
  ];
}
