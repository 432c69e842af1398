import { text } from '../i18n/language.ts';
import { signedPercent } from '../model/format.ts';
import { axisPosition, type PredictionRow } from '../model/prediction-rows.ts';

interface IntervalBarProps {
  readonly row: Pick<PredictionRow, 'lowerMove' | 'centreMove' | 'upperMove'>;
  /** Half the width of the axis, a share of the last close. */
  readonly extent: number;
  /** The interval in words; default: as shares of the last close. */
  readonly label?: string;
}

/** The interval on an axis of moves from the last close; the axis is the same in every row, so that rows compare. */
export function IntervalBar({ row, extent, label }: IntervalBarProps) {
  const from = axisPosition(row.lowerMove, extent);
  const to = axisPosition(row.upperMove, extent);
  const centre = row.centreMove === null ? null : axisPosition(row.centreMove, extent);
  const ofLastClose = () =>
    text('predictions.interval.label', { low: signedPercent(row.lowerMove), high: signedPercent(row.upperMove) });
  return (
    <svg class="interval-bar" role="img" aria-label={label ?? ofLastClose()}>
      <line class="grid" x1="25%" x2="25%" y1="0" y2="100%" />
      <line class="grid" x1="75%" x2="75%" y1="0" y2="100%" />
      <line class="axis" x1="50%" x2="50%" y1="0" y2="100%" />
      <rect class="span" x={`${from}%`} width={`${to - from}%`} y="31%" height="38%" rx="1.5" />
      <line class="end" x1={`${from}%`} x2={`${from}%`} y1="22%" y2="78%" />
      <line class="end" x1={`${to}%`} x2={`${to}%`} y1="22%" y2="78%" />
      {centre === null ? null : <line class="centre" x1={`${centre}%`} x2={`${centre}%`} y1="22%" y2="78%" />}
    </svg>
  );
}

/** The axis of the bars, for the head of their column: its middle and half way to each end. */
export function IntervalScale({ extent }: { readonly extent: number }) {
  const half = extent / 2;
  const digits = Number.isInteger(Math.round(half * 1000) / 10) ? 0 : 1;
  return (
    <span class="interval-scale" aria-hidden="true">
      <span>{signedPercent(-half, digits)}</span>
      <span>0</span>
      <span>{signedPercent(half, digits)}</span>
    </span>
  );
}
