import type { Bar, Comparison, FigureKind } from './result.ts';

/** A figure as tables show it. */
export function formatFigure(value: number, kind: FigureKind): string {
  switch (kind) {
    case 'ratio':
      return `${value.toPrecision(3)} x`;
    case 'percent':
      return `${value >= 0 ? '+' : ''}${value.toFixed(2)} %`;
    case 'share':
      return `${value.toFixed(2)} %`;
    case 'milliseconds':
      return `${value.toPrecision(3)} ms`;
    case 'relative error':
      return value.toExponential(1);
    case 'correlation':
      return value.toFixed(4);
    case 't':
      return value.toFixed(1);
  }
}

/** A measurement with as many digits as it deserves. */
export function formatMeasurement(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3) return value.toExponential(1);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(4)));
}

/** The cells of a comparison: what, ours, the peer's, figure, must, aim, verdict. */
export function comparisonCells(comparison: Comparison): readonly string[] {
  const { name, unit, ours, peer, figure, kind, bar, verdict } = comparison;
  return [
    `${name} (${unit})`,
    ours === undefined ? '' : formatMeasurement(ours),
    peer === undefined ? '' : `${formatMeasurement(peer.value)} ${peer.name}`,
    formatFigure(figure, kind),
    bar === undefined ? '' : formatLimit(bar, bar.must, kind),
    bar?.aim === undefined ? '' : formatLimit(bar, bar.aim, kind),
    verdict === 'no bar' ? '' : verdict,
  ];
}

/** What stands over {@link comparisonCells}. */
export const comparisonHeader = ['what', 'ours', 'peer', 'figure', 'must', 'aim', 'verdict'] as const;

function formatLimit(bar: Bar, limit: number, kind: FigureKind): string {
  const sign = bar.sense === 'at most' ? '<=' : '>=';
  const number = kind === 'relative error' ? limit.toExponential() : String(limit);
  return `${sign} ${number}${limitUnits[kind]}`;
}

const limitUnits: Readonly<Record<FigureKind, string>> = {
  ratio: ' x',
  percent: ' %',
  share: ' %',
  milliseconds: ' ms',
  'relative error': '',
  correlation: '',
  t: '',
};
