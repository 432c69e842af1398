import type { SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingBars } from '../market/real-panel.ts';
import { compareBatch } from './compare-prediction.ts';
import {
  compareForest,
  compareLargeFit,
  compareOnRealBars,
  compareSmallFit,
  compareSymmetric,
} from './compare-training.ts';
import { fullSizes, quickSizes } from './settings.ts';

/**
 * Training and prediction of `@daytrade/learners` against LightGBM, CatBoost and scikit-learn. Times are CPU time of
 * all threads of a process while it bins and trains; each run is a process of its own, so compiling our code counts.
 * On real bars both train with the weak-signal defaults on the older 70 % of the sessions and are judged on the rest.
 */
export async function measureLearners(context: SuiteContext): Promise<SuiteFindings> {
  const sizes = context.quick ? quickSizes : fullSizes;
  const absent = missingBars('daily-2021-2025-adjusted');
  const comparisons = [
    ...(await compareSmallFit(context, sizes)),
    ...(absent === undefined ? await compareOnRealBars(context, sizes) : []),
    ...(await compareLargeFit(context, sizes)),
    ...(await compareSymmetric(context, sizes)),
    ...(await compareForest(context, sizes)),
    ...(await compareBatch(context, sizes)),
  ];
  const skipped = absent === undefined ? [] : [`holdout error on real bars: ${absent}`];
  return { comparisons, skipped };
}
