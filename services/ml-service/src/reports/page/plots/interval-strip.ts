import type { ReportedPrediction } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { at } from '../figures.ts';

const width = 200;

/** How far bounds and closes are from the last close at most, as a share of it; the half width of every strip. */
export function reachOf(predictions: readonly ReportedPrediction[]): number {
  const distances = predictions.flatMap(({ lastClose, lower, upper, close }) =>
    [lower, upper, close ?? lower].map((price) => Math.abs(price / lastClose - 1)),
  );
  return distances.reduce((most, distance) => Math.max(most, distance), 0.001) * 1.02;
}

/**
 * The interval of a symbol as a bar and its close as a mark, around the last close in the middle.
 *
 * @param label what a reader hears who does not see it
 */
export function intervalStrip(prediction: ReportedPrediction, reach: number, label: string): Html {
  const { lastClose, lower, upper, close, inside } = prediction;
  const x = (price: number) => (width / 2) * (1 + (price / lastClose - 1) / reach);
  const mark =
    close === null
      ? ''
      : html`<line class="close ${inside === true ? 'inside' : 'outside'}" x1="${at(x(close))}" x2="${at(x(close))}" y1="1" y2="17"/>`;
  return html`<svg class="strip" viewBox="0 0 ${width} 18" preserveAspectRatio="none" role="img" aria-label="${label}">
<line class="base" x1="0" x2="${width}" y1="9" y2="9"/><line class="base" x1="${width / 2}" x2="${width / 2}" y1="0" y2="18"/>
<rect class="interval" x="${at(x(lower))}" y="4" width="${at(x(upper) - x(lower))}" height="10"/>${mark}</svg>`;
}
