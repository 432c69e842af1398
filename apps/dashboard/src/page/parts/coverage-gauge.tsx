import { positionOn } from '../model/axis.ts';
import { percent } from '../model/format.ts';

const axis = { low: 0.88, high: 0.98 } as const;

interface CoverageGaugeProps {
  readonly value: number | null;
  /** The objective, shaded. */
  readonly low: number;
  readonly high: number;
  readonly target: number;
}

/** A coverage on a scale from 88 % to 98 % with its objective and the promise. */
export function CoverageGauge({ value, low, high, target }: CoverageGaugeProps) {
  const from = positionOn(axis, low);
  const at = positionOn(axis, target);
  const held = value !== null && value >= low && value <= high;
  return (
    <svg class={`gauge ${held ? 'held' : 'missed'}`} role="img" aria-label={percent(value)}>
      <rect class="track" x="0" y="9" width="100%" height="6" rx="3" />
      <rect class="objective" x={`${from}%`} y="6" width={`${positionOn(axis, high) - from}%`} height="12" rx="2" />
      <line class="target" x1={`${at}%`} x2={`${at}%`} y1="2" y2="22" />
      {value === null ? null : <circle class="value" cx={`${positionOn(axis, value)}%`} cy="12" r="5" />}
    </svg>
  );
}
