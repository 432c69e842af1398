import type { Comparison } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { realRows } from './real-rows.ts';
import {
  asCatBoost,
  asLightGbm,
  asLightGbmOnWeakSignals,
  asScikitLearn,
  type EqualSettings,
  type LearnerSizes,
  learnerBars,
} from './settings.ts';
import { simulatedFiles } from './simulate-rows.ts';
import { compareError, compareMemory, compareTime, keptModels, trainBoth } from './training.ts';

/**
 * Leaf-wise boosting on the smaller rows: three seeds, which are three different sets of rows. Keeps the models of the
 * first.
 */
export async function compareSmallFit(context: SuiteContext, sizes: LearnerSizes): Promise<readonly Comparison[]> {
  const shape = shapeOf(sizes.small);
  context.progress(`leaf-wise, ${shape}`);
  const rounds = await trainBoth(
    context.python,
    sizes.seeds.map((seed, round) => ({
      settings: asLightGbm(sizes.trees, seed),
      ...simulatedFiles(context.cache, sizes, sizes.small, seed),
      ...(round === 0 ? { keep: keptModels(context.cache) } : {}),
    })),
  );
  const peerName = 'LightGBM';
  return [
    compareTime({ name: `fit, ${shape}, ${sizes.trees} trees`, peerName, rounds, bar: learnerBars.smallFit }),
    compareError({
      name: `holdout error, ${shape}, mean of ${sizes.seeds.length} seeds`,
      peerName,
      rounds,
      bar: learnerBars.rmse,
    }),
  ];
}

/** Leaf-wise boosting on the larger rows: time and peak memory of the same runs. */
export async function compareLargeFit(context: SuiteContext, sizes: LearnerSizes): Promise<readonly Comparison[]> {
  const shape = shapeOf(sizes.large);
  context.progress(`leaf-wise, ${shape}`);
  const files = simulatedFiles(context.cache, sizes, sizes.large, 1);
  const round = { settings: asLightGbm(sizes.trees, 1), ...files };
  const rounds = await trainBoth(context.python, [round, round, round]);
  const peerName = 'LightGBM';
  return [
    compareTime({ name: `fit, ${shape}, ${sizes.trees} trees`, peerName, rounds, bar: learnerBars.largeFit }),
    compareError({ name: `holdout error, ${shape}`, peerName, rounds }),
    compareMemory({ name: `peak memory of the fit, ${shape}`, peerName, rounds, bar: learnerBars.memory }),
  ];
}

/** Symmetric trees against CatBoost. Its time has no bar. */
export async function compareSymmetric(context: SuiteContext, sizes: LearnerSizes): Promise<readonly Comparison[]> {
  const shape = shapeOf(sizes.small);
  context.progress(`symmetric, ${shape}`);
  const rounds = await trainSeeds(context, sizes, (seed) => asCatBoost(sizes.trees, seed));
  const peerName = 'CatBoost';
  return [
    compareError({
      name: `symmetric grower, holdout error, ${shape}`,
      peerName,
      rounds,
      bar: learnerBars.symmetricRmse,
    }),
    compareTime({ name: `symmetric grower, fit, ${shape}, ${sizes.trees} trees`, peerName, rounds }),
  ];
}

/** The forest against scikit-learn. */
export async function compareForest(context: SuiteContext, sizes: LearnerSizes): Promise<readonly Comparison[]> {
  const what = `${sizes.forestTrees} trees of depth 12, ${shapeOf(sizes.small)}`;
  context.progress(`forest, ${what}`);
  const rounds = await trainSeeds(context, sizes, (seed) => asScikitLearn(sizes.forestTrees, seed));
  const peerName = 'scikit-learn';
  return [
    compareTime({ name: `forest, fit, ${what}`, peerName, rounds, bar: learnerBars.forestTime }),
    compareError({ name: `forest, holdout error, ${what}`, peerName, rounds, bar: learnerBars.forestRmse }),
  ];
}

/** Leaf-wise boosting on the features of real bars, where seeds draw rows and columns. */
export async function compareOnRealBars(context: SuiteContext, sizes: LearnerSizes): Promise<readonly Comparison[]> {
  context.progress('leaf-wise, real bars');
  const files = await realRows(context.cache, 'daily-2021-2025-adjusted');
  const rounds = await trainBoth(
    context.python,
    sizes.seeds.map((seed) => ({ settings: asLightGbmOnWeakSignals(sizes.trees, seed), ...files })),
  );
  const { rows, columns } = files.rows;
  const name =
    `holdout error, real bars, ${rows.toLocaleString('en')} x ${columns}, mean of ` + `${sizes.seeds.length} seeds`;
  return [compareError({ name, peerName: 'LightGBM', rounds, bar: learnerBars.rmse })];
}

function trainSeeds(context: SuiteContext, sizes: LearnerSizes, settings: (seed: number) => EqualSettings) {
  return trainBoth(
    context.python,
    sizes.seeds.map((seed) => ({
      settings: settings(seed),
      ...simulatedFiles(context.cache, sizes, sizes.small, seed),
    })),
  );
}

function shapeOf(rows: number): string {
  return `${rows.toLocaleString('en')} x 60`;
}
