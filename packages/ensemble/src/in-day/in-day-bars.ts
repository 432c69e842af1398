import type { InDayHorizon } from '@daytrade/market';
import {
  type LogReturnColumn,
  type Panel,
  type ResultsCalendar,
  type SessionIndex,
  type SessionPath,
  type SessionSnapshot,
  snapshotAt,
  snapshotAtOpen,
  snapshotBeforeOpen,
} from '@daytrade/series';

/** The input of forecasts within the day and of their training. */
export interface InDayBars {
  readonly panel: Panel;
  /** Their 5-minute bars; without them there is no horizon but `close@08:30` and `close@open`. */
  readonly path?: SessionPath | undefined;
  /**
   * Log return by session t of the panel: that of the last session in America, known at 08:30 of session t + 1, NaN if
   * unknown. Without it there is no `close@08:30`.
   */
  readonly overnight?: LogReturnColumn | undefined;
  /** The VIX as it stands then. `close@08:30` knows it, where it is there; an evaluation sorts by it. */
  readonly vix?: Float64Array | undefined;
  /** When the companies announce their results. */
  readonly announced?: ResultsCalendar | undefined;
}

/** Returns the snapshot of session `t` at a horizon; undefined without data, as without 5-minute bars. */
export function knownAtHorizon(
  { panel, path, overnight }: InDayBars,
  t: SessionIndex,
  horizon: InDayHorizon,
): SessionSnapshot | undefined {
  if (horizon === 'close@open') return snapshotAtOpen(panel, t);
  if (horizon === 'close@08:30') {
    return Number.isFinite(overnight?.[t - 1]) ? snapshotBeforeOpen(panel.symbols.length) : undefined;
  }
  const k = path?.times.indexOf(horizon.slice('close@'.length)) ?? -1;
  return path === undefined || k === -1 ? undefined : snapshotAt(panel, path, t, k);
}
