import { type Html, html } from '@daytrade/service-kit/html';
import type { LoadCurve } from '../load/load-curve.ts';

/** Bars that are narrower than this stand without gaps, which a screen would show as a pattern of its own. */
const narrowest = 4;
const frame = { left: 34, right: 432, top: 8, bottom: 116, width: 480, height: 134 } as const;

/** A load by the second: answered and failed requests as bars, the p99 as a line, and when something changed. */
export function loadPlot({ seconds, change }: LoadCurve, label: string): Html {
  const most = Math.max(1, ...seconds.map(({ answered, failed }) => answered + failed));
  const slowest = Math.max(1, ...seconds.map(({ p99 }) => p99 ?? 0));
  const step = (frame.right - frame.left) / Math.max(1, seconds.length);
  const barWidth = at(step < narrowest ? step + 0.2 : step * 0.86);
  const x = (second: number) => at(frame.left + step * Math.min(second, seconds.length));
  const y = (share: number) => frame.bottom - share * (frame.bottom - frame.top);
  const bars = seconds.map(({ answered, failed }, second) => {
    const [top, middle] = [y((answered + failed) / most), y(answered / most)];
    const place = html`x="${x(second)}" width="${barWidth}"`;
    const failures =
      failed === 0 ? '' : html`<rect class="failed" ${place} y="${at(top)}" height="${at(middle - top)}"/>`;
    return html`<rect class="answered" ${place} y="${at(middle)}" height="${at(frame.bottom - middle)}"/>${failures}`;
  });
  const line = seconds.flatMap(({ p99 }, second) =>
    p99 === null ? [] : [`${x(second + 0.43)},${at(y((p99 / slowest) * 0.96))}`],
  );
  const width = at(step * (Math.min(change.to, seconds.length) - change.from));
  return html`<svg viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label="${label}">
<rect class="change" x="${x(change.from)}" width="${width}" y="0" height="${frame.bottom}"/>
${bars}
<polyline class="p99" points="${line.join(' ')}"/>
<line class="axis" x1="${frame.left}" x2="${frame.right}" y1="${frame.bottom}" y2="${frame.bottom}"/>
<text x="${frame.left - 4}" y="${frame.top + 8}" text-anchor="end">${most}</text>
<text x="${frame.left - 4}" y="${frame.bottom}" text-anchor="end">0</text>
<text x="${frame.right + 4}" y="${frame.top + 8}">${Math.round(slowest)} ms</text>
<text x="${frame.left}" y="${frame.height - 4}">0 s</text>
<text x="${frame.right}" y="${frame.height - 4}" text-anchor="end">${seconds.length} s</text>
</svg>`;
}

/** A coordinate with what a screen can show of it. */
function at(value: number): string {
  return Math.max(0, value).toFixed(1);
}
