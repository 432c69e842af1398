import type { InDayHorizon } from '@daytrade/market';
import { stretchPriors } from '../intervals/session-stretch.ts';
import type { MemberOptions } from '../members/member-options.ts';
import { type CompiledEnsembleOptions, compileOptions, type EnsembleOptions } from '../options.ts';
import type { EngineOptions } from '../time-order/time-order-engine.ts';

/** The one member that gives the centre within the day. */
const members: readonly MemberOptions[] = [{ name: 'apart-from-the-market', kind: 'ridge', l2: 3000 }];

/**
 * Settings of a horizon within the day. The open has as many sessions as there are daily bars; 5-minute bars are few,
 * and a training on them takes a moment: so they are trained on after a month, and again each session while they are
 * few. An embargo would keep them from the newest days, and a label that ends with its session needs none.
 */
export function inDayOptions(
  horizon: InDayHorizon,
  options: EnsembleOptions,
  judgedSessions: number,
): CompiledEnsembleOptions {
  const few = needsFiveMinutes(horizon)
    ? { minimumTrainingSessions: 20, warmUpSessions: 20, retrainEvery: 1, embargo: 0 }
    : {};
  return compileOptions({ ...few, ...options, ...inDayEngineOptions(horizon), members }, judgedSessions);
}

/** Whether a horizon knows 5-minute bars; the others know daily bars, and the session in America. */
export function needsFiveMinutes(horizon: InDayHorizon): boolean {
  return horizon !== 'close@08:30' && horizon !== 'close@open';
}

/** How the engine makes intervals within the day: with 5-minute bars by split conformal, as the sessions are few. */
export function inDayEngineOptions(horizon: InDayHorizon): EngineOptions {
  const method = needsFiveMinutes(horizon) ? 'ensemble-split' : 'ensemble-regime';
  return { combination: 'stacking', members, method, stretches: stretchPriors(horizon) };
}
