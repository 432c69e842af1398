import { text } from '../i18n/language.ts';
import { axisPosition, positionOn } from '../model/axis.ts';
import { percent, signedPercent } from '../model/format.ts';

interface CoverageGaugeProps {
  readonly value: number | null;
  /** The objective, shaded. */
  readonly low: number;
  readonly high: number;
  readonly target: number;
}

const gaugeAxis = { low: 0.88, high: 0.98 } as const;

/** A coverage on a scale from 88 % to 98 % with its objective and the promise. */
export function CoverageGauge({ value, low, high, target }: CoverageGaugeProps) {
  const from = positionOn(gaugeAxis, low);
  const at = positionOn(gaugeAxis, target);
  const isHeld = value !== null && value >= low && value <= high;
  return (
    <svg class={isHeld ? 'gauge' : 'gauge missed'} role="img" aria-label={percent(value)}>
      <rect class="track" x="0" y="9" width="100%" height="6" rx="3" />
      <rect
        class="objective"
        x={`${from}%`}
        y="6"
        width={`${positionOn(gaugeAxis, high) - from}%`}
        height="12"
        rx="2"
      />
      <line class="target" x1={`${at}%`} x2={`${at}%`} y1="2" y2="22" />
      {value === null ? null : <circle class="value" cx={`${positionOn(gaugeAxis, value)}%`} cy="12" r="5" />}
    </svg>
  );
}

interface IntervalBarProps {
  readonly row: { readonly lowerMove: number; readonly centreMove: number | null; readonly upperMove: number };
  /** Half the width of the axis, a share of the last close. */
  readonly extent: number;
  /** The interval in words; default: as shares of the last close. */
  readonly label?: string;
}

/** The interval on an axis of moves from the last close. All rows share the axis, so that they compare. */
export function IntervalBar({ row, extent, label }: IntervalBarProps) {
  const from = axisPosition(row.lowerMove, extent);
  const to = axisPosition(row.upperMove, extent);
  const centre = row.centreMove === null ? null : axisPosition(row.centreMove, extent);
  const ends = { low: signedPercent(row.lowerMove), high: signedPercent(row.upperMove) };
  return (
    <svg class="interval-bar" role="img" aria-label={label ?? text('predictions.interval.label', ends)}>
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

/** The axis of the bars, for the head of their column: its middle, and half way to each end. */
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
