import type { BacktestResult } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { at, count, percent } from '../../reports/page/figures.ts';

const frame = { left: 74, right: 790, top: 8, bottom: 190, height: 214 } as const;

type Curve = BacktestResult['curve'];

/** Points of a line that are drawn at most. */
const mostPoints = 800;

/** The equity at each close, before and after costs. */
export function equityPlot(curve: Curve, cash: number, label: string): Html {
  const values = curve.flatMap(({ gross, net }) => [gross, net]);
  const [low, high] = rangeOf([...values, cash]);
  return plot(curve, { low, high, label }, (value) => count(Math.round(value)), [
    ['gross', curve.map(({ gross }) => gross)],
    ['net', curve.map(({ net }) => net)],
  ]);
}

/** How far the equity is below its peak. */
export function drawdownPlot(curve: Curve, cash: number, label: string): Html {
  let peak = cash;
  const falls = curve.map(({ net }) => {
    peak = Math.max(peak, net);
    return net / peak - 1;
  });
  const [low] = rangeOf(falls);
  return plot(curve, { low: Math.min(low, -0.001), high: 0, label }, (value) => percent(value), [['net', falls]]);
}

function plot(
  curve: Curve,
  { low, high, label }: { readonly low: number; readonly high: number; readonly label: string },
  text: (value: number) => string,
  lines: readonly (readonly [name: string, values: readonly number[]])[],
): Html {
  const x = (i: number) => frame.left + ((frame.right - frame.left) * i) / Math.max(1, curve.length - 1);
  const y = (value: number) => frame.bottom - ((value - low) / (high - low || 1)) * (frame.bottom - frame.top);
  const step = Math.max(1, Math.ceil(curve.length / mostPoints));
  const drawn = curve.flatMap((_, i) => (i % step === 0 || i === curve.length - 1 ? [i] : []));
  return html`<svg class="wide" viewBox="0 0 800 ${frame.height}" role="img" aria-label="${label}">
${[low, (low + high) / 2, high].map(
  (value) => html`<line class="axis" x1="${frame.left}" x2="${frame.right}" y1="${at(y(value))}" y2="${at(y(value))}"/>
<text x="${frame.left - 6}" y="${at(y(value) + 4)}" text-anchor="end">${text(value)}</text>`,
)}
${lines.map(
  ([name, values]) =>
    html`<polyline class="${name}" points="${drawn.map((i) => `${at(x(i))},${at(y(values[i]!))}`).join(' ')}"/>`,
)}
<text x="${frame.left}" y="${frame.bottom + 18}">${curve[0]?.session ?? ''}</text>
<text x="${frame.right}" y="${frame.bottom + 18}" text-anchor="end">${curve.at(-1)?.session ?? ''}</text></svg>`;
}

function rangeOf(values: readonly number[]): readonly [low: number, high: number] {
  return [values.reduce((one, other) => Math.min(one, other)), values.reduce((one, other) => Math.max(one, other))];
}
