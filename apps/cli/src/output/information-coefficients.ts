import type { Estimate, InformationCoefficient } from '@daytrade/contracts';
import { leastEdgeT } from '@daytrade/contracts/objective';
import { count } from './format.ts';
import { renderTable } from './table.ts';

/**
 * Each leg of the return with each correlation: the open-to-close ones are what somebody who trades in the day gets.
 */
export function informationCoefficientTable(lines: readonly InformationCoefficient[]): string {
  const table = renderTable(
    [
      { title: 'return' },
      { title: 'correlation' },
      { title: 'IC', align: 'right' },
      { title: '95 % interval', align: 'right' },
      { title: 't', align: 'right' },
      { title: 'sessions', align: 'right' },
      { title: 'edge' },
    ],
    lines.map((line) => [
      line.leg.replaceAll('-', ' '),
      line.correlation === 'pearson' ? 'Pearson' : 'Spearman (ranks)',
      line.value.toFixed(4),
      coefficientRange(line),
      line.t.toFixed(1),
      count(line.sessions),
      line.edge ? 'yes' : 'no edge',
    ]),
  );
  const what = 'Information coefficient of the ensemble across the symbols of a session';
  return `${what}, "no edge" unless t > ${leastEdgeT}:\n${table}`;
}

/** A day-block interval of a coefficient; a dash where a judgement has none. */
export function coefficientRange(interval: Estimate | undefined): string {
  return interval === undefined ? '–' : `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}`;
}
