import type { LeakAlarm } from '@daytrade/contracts';
import type { InDayHorizon } from '@daytrade/market';
import type { FeatureMatrix, SessionIndex } from '@daytrade/series';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { dateAt, probeSessions, sameValue } from '../audit-subject.ts';
import { changedAfter } from './bars-after.ts';
import type { WithinDayBars, WithinDayPipeline } from './within-day-pipeline.ts';

/** Horizons that stand for all: the others are made in the same way. */
const auditedHorizons = ['close@08:30', 'close@open', 'close@10:00', 'close@14:30'] as const;

/**
 * Computes the columns of horizons within the day again on bars of which everything is changed that was not known at
 * the horizon of a probed session: a column that differs up to there has read what its time did not have. Horizons
 * without data are passed over.
 */
export function checkWithinDay(pipeline: WithinDayPipeline, bars: WithinDayBars, probeCount: number): CheckResult {
  const { panel } = bars;
  const probes = probeSessions(panel.days.length, probeCount);
  if (probes.length === 0) return skipped('within-day', `${panel.days.length} sessions are too few to change`);
  const alarms = new Map<string, LeakAlarm>();
  const examined: InDayHorizon[] = [];
  for (const horizon of auditedHorizons) {
    const whole = pipeline.columns(bars, horizon);
    if (whole.values.every((value) => Number.isNaN(value))) continue;
    examined.push(horizon);
    for (const t of probes) {
      const again = pipeline.columns(changedAfter(bars, t + 1, horizon), horizon);
      for (const { name, symbol } of differences(whole, again, t, panel.symbols.length)) {
        if (!alarms.has(name)) alarms.set(name, alarmOf(bars, name, symbol, t + 1, horizon));
      }
    }
  }
  const what = `columns of ${examined.join(', ')} computed again at ${probes.length} changes`;
  return checked('within-day', what, [...alarms.values()]);
}

/** Columns that differ in a row up to session `t`, with the place of the symbol of the last such row. */
function differences(whole: FeatureMatrix, again: FeatureMatrix, t: SessionIndex, symbols: number) {
  return whole.names.flatMap((name, f) => {
    for (let row = (t + 1) * symbols - 1; row >= 0; row -= 1) {
      const place = f * whole.rows + row;
      if (!sameValue(whole.values[place]!, again.values[place]!)) return [{ name, symbol: row % symbols }];
    }
    return [];
  });
}

function alarmOf(
  { panel }: WithinDayBars,
  column: string,
  s: number,
  session: SessionIndex,
  horizon: InDayHorizon,
): LeakAlarm {
  const { symbol } = panel.symbols[s]!;
  const firstSession = dateAt(panel, session);
  const message = `${column} of ${symbol} at ${horizon} of ${firstSession} changes with what followed`;
  return { kind: 'within-day', column, firstSession, symbol, message };
}
