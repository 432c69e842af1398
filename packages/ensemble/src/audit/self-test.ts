import type { AuditSelfTest } from '@daytrade/contracts';
import { noisePanel } from '@daytrade/series';
import { auditLeaks } from './audit-leaks.ts';
import { plantedLeaks } from './planted-leaks.ts';
import { productPipeline } from './product-pipeline.ts';
import { checkWithinDay } from './within-day/check-within-day.ts';
import { noiseWithinDay } from './within-day/noise-within-day.ts';
import { plantedWithinDay } from './within-day/planted-within-day.ts';
import { productWithinDay, type WithinDayPipeline } from './within-day/within-day-pipeline.ts';

export interface SelfTestOptions {
  /** Seed of the noise, any integer; default 487. */
  readonly seed?: number;
  readonly progress?: (stage: string, fraction: number) => void;
}

/**
 * Audits the product on a panel of noise, once as it is and once with each planted leak: the first must raise no alarm,
 * each of the others the one for its column.
 */
export function auditSelfTest({ seed = 487, progress = () => undefined }: SelfTestOptions = {}): AuditSelfTest {
  const honest = productPipeline({
    minimumTrainingSessions: 120,
    judgedSessions: 30,
    warmUpSessions: 20,
    retrainEvery: 70,
  });
  const panel = noisePanel({ symbolCount: 2, sessionCount: 200, seed, missingShare: 0.01 });
  const bars = noiseWithinDay(panel, seed);
  const withinDay = (pipeline: WithinDayPipeline) => checkWithinDay(pipeline, bars, 2).alarms;
  progress('without a leak', 0);
  const falseAlarms = auditLeaks(honest, panel).alarms.length + withinDay(productWithinDay).length;
  const plants = [
    ...plantedLeaks(honest, panel).map((leak) => ({ ...leak, alarms: () => auditLeaks(leak.pipeline, panel).alarms })),
    ...plantedWithinDay(productWithinDay).map((leak) => ({ ...leak, alarms: () => withinDay(leak.pipeline) })),
  ];
  const leaks = plants.map(({ name, kind, column, alarms }, index) => {
    progress(name, (index + 1) / (plants.length + 1));
    const alarm = alarms().find((found) => found.kind === kind && found.column === column);
    return { name, kind, column, caught: alarm !== undefined, message: alarm?.message ?? null };
  });
  const caught = leaks.filter((leak) => leak.caught).length;
  return {
    seed,
    planted: leaks.length,
    caught,
    falseAlarms,
    passed: caught === leaks.length && falseAlarms === 0,
    leaks,
  };
}
