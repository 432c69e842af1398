import type { EdgeBound, Estimate, InformationCoefficient } from '@daytrade/contracts';
import { count } from './format.ts';
import { renderTable } from './table.ts';

/**
 * Each leg of the return with each correlation: the open-to-close ones are what somebody who trades in the day gets.
 *
 * @param bound of the judgement that measured them
 */
export function informationCoefficientTable(lines: readonly InformationCoefficient[], bound: EdgeBound): string {
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
  const correction = `Bonferroni's correction at 5 % for the ${count(bound.tests)} coefficients tested`;
  return `${what}, "no edge" unless\nt > ${bound.t.toFixed(2)}, ${correction}:\n${table}`;
}

/** A day-block interval of a coefficient; a dash where a judgement has none. */
export function coefficientRange(interval: Estimate | undefined): string {
  return interval === undefined ? '–' : `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}`;
}
