import type { InDayHorizon } from '@daytrade/market';
import {
  type SessionIndex,
  type SessionSnapshot,
  snapshotAt,
  snapshotAtOpen,
  snapshotBeforeOpen,
} from '@daytrade/series';
import type { InDayBars } from './in-day-bars.ts';

/** What was known of session `t` at a horizon; undefined where there was nothing, as without 5-minute bars. */
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
