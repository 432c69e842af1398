import type { InDayHorizon } from '@daytrade/market';
import { type CompiledEnsembleOptions, compileOptions, type EnsembleOptions } from '../options.ts';

/** The one member that gives the centre within the day. */
const members = [{ name: 'apart-from-the-market', kind: 'ridge', l2: 3000 }] as const;

/**
 * Settings of a horizon within the day. The open has as many sessions as there are daily bars; 5-minute bars are few,
 * and a training on them takes a moment: so they are trained on after a month, and again each week.
 */
export function inDayOptions(
  horizon: InDayHorizon,
  options: EnsembleOptions,
  judgedSessions: number,
): CompiledEnsembleOptions {
  const few =
    horizon === 'close@open' || horizon === 'close@08:30'
      ? {}
      : { minimumTrainingSessions: 20, warmUpSessions: 20, retrainEvery: 5 };
  return compileOptions({ ...few, ...options, members }, judgedSessions);
}

/** How the engine makes intervals within the day. */
export const inDayEngineOptions = { combination: 'stacking', members: members.length } as const;
