import { percent } from '../model/format.ts';

/**
 * Five percent points from an even chance fill half of the bar: a prediction of direction is hardly ever surer than
 * that.
 */
const fullScale = 0.05;

/** The probability of a rise as a figure, and as a bar to the right (more likely up) or left of an even chance. */
export function ProbabilityBar({ value }: { readonly value: number }) {
  const reach = Math.min(1, Math.abs(value - 0.5) / fullScale) * 50;
  return (
    <span class="probability">
      {percent(value)}
      <svg aria-hidden="true" focusable="false">
        <rect
          class={value >= 0.5 ? 'up' : 'down'}
          x={value >= 0.5 ? '50%' : `${50 - reach}%`}
          width={`${reach}%`}
          y="25%"
          height="50%"
        />
        <line x1="50%" x2="50%" y1="0" y2="100%" />
      </svg>
    </span>
  );
}
