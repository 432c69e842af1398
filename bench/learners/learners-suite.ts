import type { SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingBars } from '../market/real-panel.ts';
import { compareBatch, compareOneRow } from './compare-prediction.ts';
import {
  compareForest,
  compareLargeFit,
  compareOnRealBars,
  compareSmallFit,
  compareSymmetric,
} from './compare-training.ts';
import { fullSizes, quickSizes } from './settings.ts';

const notes = [
  'Simulated rows: 60 columns with 1 % missing, ten of whole numbers, ten heavy-tailed, ten correlated with ' +
    'others; a nonlinear target with interactions and noise. Each seed is another set of rows.',
  'Leaf-wise: learning rate 0.05, 31 leaves, 255 bins, at least 20 rows a leaf. Symmetric: depth 6. Forest: a ' +
    'third of the columns drawn at each split. Times are CPU time of all threads of the process while it bins and ' +
    'trains; each run is a process of its own, so compiling our code counts.',
  'LightGBM runs without the pandas, scikit-learn and matplotlib that it would import: they would only make its ' +
    'process larger.',
  'On real bars both train with the weak-signal defaults on the older 70 % of the sessions and are judged on ' +
    'the rest; the target is almost all noise, so errors are almost equal.',
];

/** Training and prediction of `@daytrade/learners` against LightGBM, CatBoost and scikit-learn. */
export async function measureLearners(context: SuiteContext): Promise<SuiteFindings> {
  const sizes = context.quick ? quickSizes : fullSizes;
  const absent = missingBars('daily-2021-2025-adjusted');
  const comparisons = [
    ...(await compareSmallFit(context, sizes)),
    ...(absent === undefined ? await compareOnRealBars(context, sizes) : []),
    ...(await compareLargeFit(context, sizes)),
    ...(await compareSymmetric(context, sizes)),
    ...(await compareForest(context, sizes)),
    ...(await compareOneRow(context, sizes)),
    ...(await compareBatch(context, sizes)),
  ];
  const skipped = absent === undefined ? [] : [`holdout error on real bars: ${absent}`];
  return { comparisons, tables: [], notes, skipped };
}
