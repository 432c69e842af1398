import { type BacktestResult, type CoverageDay, type ReportedPrediction, targetCoverage } from '@daytrade/contracts';
import { binomialBand } from './binomial-band.ts';
import { at, percent, wholeYen } from './format.ts';
import { type Html, html } from './html.ts';

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Returns a horizontal line over the plot area. */
function level({ left, right }: Frame, y: number, kind: 'axis' | 'target'): Html {
  return html`<line class="${kind}" x1="${left}" x2="${right}" y1="${at(y)}" y2="${at(y)}"/>`;
}

function gridLine(frame: Frame, y: number, label: string): Html {
  return html`${level(frame, y, 'axis')}<text x="${frame.left - 5}" y="${at(y + 3.5)}" text-anchor="end">${label}</text>`;
}

/** Returns the first and the last session as labels below the plot area. */
function sessionLabels({ left, right, bottom }: Frame, sessions: readonly string[]): Html {
  const y = bottom + 17;
  return html`<text x="${left}" y="${y}">${sessions[0] ?? ''}</text>
<text x="${right}" y="${y}" text-anchor="end">${sessions.at(-1) ?? ''}</text>`;
}

const coverageFrame: Frame = { left: 38, right: 396, top: 8, bottom: 150 };
const longWindow = 20;

/**
 * Returns the coverage of each session with its band, the coverage over 20 sessions, and the promise.
 *
 * @param label description for screen readers
 */
export function coverageCurve(days: readonly CoverageDay[], label: string): Html {
  const frame = coverageFrame;
  const points = days.map(({ judged, inside }) => ({
    share: inside / judged,
    band: binomialBand(judged, targetCoverage),
  }));
  const lowest = Math.min(0.85, ...points.flatMap(({ share, band }) => [share, band.low]));
  const floor = Math.floor(lowest * 10) / 10;
  const step = (frame.right - frame.left) / Math.max(1, days.length);
  const x = (i: number) => frame.left + step * (i + 0.5);
  const y = (share: number) => frame.bottom - ((share - floor) / (1 - floor)) * (frame.bottom - frame.top);
  const width = Math.min(step * 0.8, 14);
  const long = days.flatMap((_, i) => {
    const twenty = days.slice(Math.max(0, i + 1 - longWindow), i + 1);
    if (twenty.length < longWindow) return [];
    const sum = (key: 'inside' | 'judged') => twenty.reduce((total, day) => total + day[key], 0);
    return [`${at(x(i))},${at(y(sum('inside') / sum('judged')))}`];
  });
  return html`<svg class="curve" viewBox="0 0 400 172" role="img" aria-label="${label}">
${[floor, (floor + 1) / 2, 1].map((share) => gridLine(frame, y(share), percent(share, 0)))}
${points.map(({ band }, i) => {
  const [top, bottom] = [y(band.high), y(band.low)];
  return html`<rect class="band" x="${at(x(i) - width / 2)}" width="${at(width)}" y="${at(top)}" height="${at(bottom - top)}"/>`;
})}
${level(frame, y(targetCoverage), 'target')}
<polyline class="twenty" points="${long.join(' ')}"/>
${points.map(({ share, band }, i) => {
  const isOutside = share < band.low || share > band.high;
  return html`<circle class="day${isOutside ? ' outside' : ''}" cx="${at(x(i))}" cy="${at(y(share))}" r="2.6"/>`;
})}
${sessionLabels(
  frame,
  days.map(({ session }) => session),
)}</svg>`;
}

const stripWidth = 200;

/** Returns the largest distance of bounds and closes from the last close, as a share: half the width of a strip. */
export function reachOf(predictions: readonly ReportedPrediction[]): number {
  const distances = predictions.flatMap(({ lastClose, lower, upper, close }) =>
    [lower, upper, close ?? lower].map((price) => Math.abs(price / lastClose - 1)),
  );
  return distances.reduce((most, distance) => Math.max(most, distance), 0.001) * 1.02;
}

/**
 * Returns the interval of a symbol as a bar and its close as a mark, around the last close in the middle.
 *
 * @param label description for screen readers
 */
export function intervalStrip(prediction: ReportedPrediction, reach: number, label: string): Html {
  const { lastClose, lower, upper, close, inside } = prediction;
  const x = (price: number) => at((stripWidth / 2) * (1 + (price / lastClose - 1) / reach));
  const width = at((stripWidth / 2) * ((upper - lower) / lastClose / reach));
  const kind = inside === true ? 'inside' : 'outside';
  const mark =
    close === null ? '' : html`<line class="close ${kind}" x1="${x(close)}" x2="${x(close)}" y1="1" y2="17"/>`;
  const middle = stripWidth / 2;
  return html`<svg class="strip" viewBox="0 0 ${stripWidth} 18" preserveAspectRatio="none" role="img" aria-label="${label}">
<line class="base" x1="0" x2="${stripWidth}" y1="9" y2="9"/><line class="base" x1="${middle}" x2="${middle}" y1="0" y2="18"/>
<rect class="interval" x="${x(lower)}" y="4" width="${width}" height="10"/>${mark}</svg>`;
}

type Curve = BacktestResult['curve'];

const equityFrame: Frame = { left: 74, right: 790, top: 8, bottom: 190 };
/** Highest number of points of a line. */
const mostPoints = 800;

/** Returns the equity at each close, before and after costs. */
export function equityPlot(curve: Curve, cash: number, label: string): Html {
  const [low, high] = rangeOf([...curve.flatMap(({ gross, net }) => [gross, net]), cash]);
  return linePlot(curve, { low, high, label }, wholeYen, [
    ['gross', curve.map(({ gross }) => gross)],
    ['net', curve.map(({ net }) => net)],
  ]);
}

/** Returns the distance of the equity from its peak. */
export function drawdownPlot(curve: Curve, cash: number, label: string): Html {
  let peak = cash;
  const falls = curve.map(({ net }) => {
    peak = Math.max(peak, net);
    return net / peak - 1;
  });
  const [low] = rangeOf(falls);
  return linePlot(curve, { low: Math.min(low, -0.001), high: 0, label }, percent, [['net', falls]]);
}

function linePlot(
  curve: Curve,
  { low, high, label }: { readonly low: number; readonly high: number; readonly label: string },
  text: (value: number) => string,
  lines: readonly (readonly [name: string, values: readonly number[]])[],
): Html {
  const frame = equityFrame;
  const x = (i: number) => frame.left + ((frame.right - frame.left) * i) / Math.max(1, curve.length - 1);
  const y = (value: number) => frame.bottom - ((value - low) / (high - low || 1)) * (frame.bottom - frame.top);
  const step = Math.max(1, Math.ceil(curve.length / mostPoints));
  const drawn = curve.flatMap((_, i) => (i % step === 0 || i === curve.length - 1 ? [i] : []));
  const pointsOf = (values: readonly number[]) => drawn.map((i) => `${at(x(i))},${at(y(values[i]!))}`).join(' ');
  return html`<svg class="wide" viewBox="0 0 800 214" role="img" aria-label="${label}">
${[low, (low + high) / 2, high].map((value) => gridLine(frame, y(value), text(value)))}
${lines.map(([name, values]) => html`<polyline class="${name}" points="${pointsOf(values)}"/>`)}
${sessionLabels(
  frame,
  curve.map(({ session }) => session),
)}</svg>`;
}

function rangeOf(values: readonly number[]): readonly [low: number, high: number] {
  return [values.reduce((one, other) => Math.min(one, other)), values.reduce((one, other) => Math.max(one, other))];
}

/** Returns a legend of small drawings with their texts. */
export function legend(entries: readonly (readonly [symbol: Html, text: string])[]): Html {
  return html`<ul class="legend">${entries.map(
    ([symbol, text]) =>
      html`\n<li><svg class="curve" viewBox="0 0 22 10" aria-hidden="true">${symbol}</svg>${text}</li>`,
  )}</ul>`;
}
