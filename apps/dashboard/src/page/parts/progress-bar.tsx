interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1. */
  readonly fraction: number;
}

/** How far something has come. */
export function ProgressBar({ label, fraction }: ProgressBarProps) {
  const share = Math.round(fraction * 100);
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuenow={share}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <svg aria-hidden="true" focusable="false">
        <rect width={`${share}%`} height="100%" rx="3" />
      </svg>
    </div>
  );
}
