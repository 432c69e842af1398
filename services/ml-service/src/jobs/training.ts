import { measuresDirectionSkill } from '@daytrade/contracts';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { barsAge } from '@daytrade/market';
import type { NewModel } from '@daytrade/storage';
import type { TrainOutput } from '../computation/compute.worker.ts';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readNights } from '../in-day/overnight.ts';
import { tooLittleOf } from '../members-by-date.ts';
import { assertClockGoesOn } from '../predictions/assert-clock.ts';
import { readSessionPath } from '../session-path.ts';
import { type HashedUniverse, readHashedUniverse } from '../universe.ts';
import { saveEvaluation } from './save-evaluation.ts';

/**
 * Job `training`: trains the ensemble on all bars, registers it and, by default, makes it live. A run that
 * is cut off leaves nothing behind: the model is listed only once its file is complete.
 */
export function trainingJob({ stores, clock, computations }: MlServiceDependencies): JobDefinition {
  return defineJob('training', async ({ payload: request, signal, progress }) => {
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readHashedUniverse(stores, request.symbols, request);
    const path = await readSessionPath(stores, universe.panel);
    const nights = await readNights(stores, universe.panel, universe.synthetic);
    const announced = await stores.announcements.calendar(universe.panel.symbols.map(({ symbol }) => symbol));
    const output = await computations
      .train(
        { panel: universe.panel, path, ...nights, announced, options: { seed: request.seed } },
        { signal, onProgress: (step) => progress({ ...step, fraction: step.fraction * 0.98 }) },
      )
      .catch((error: unknown) => {
        throw tooLittleOf(universe.set, error);
      });
    signal.throwIfAborted();
    progress({ stage: 'registering the model', fraction: 0.98 });
    const at = new Date(clock.now()).toISOString();
    if (request.promote) await assertClockGoesOn(stores, at);
    const model = await stores.models.register(modelOf(universe, output, at), output.artifact);
    const evaluation = await saveEvaluation(stores, universe, output, {
      id: `training-${model.version}`,
      madeAt: at,
      horizon: 'next-close',
      modelVersion: model.version,
      stretch: false,
    });
    if (request.promote) await stores.models.promote(model.version, 'automatic', at);
    return {
      modelVersion: model.version,
      promoted: request.promote,
      evaluationId: evaluation.id,
      barsAge: barsAge(model.trainedTo, clock.now()),
      leftOut: universe.leftOut,
      universe: universe.set,
      trainedFrom: model.trainedFrom,
      trainedTo: model.trainedTo,
      symbols: model.symbols,
      rows: model.rows,
      features: model.features,
      trainingSeconds: model.trainingSeconds,
      coverage: model.coverage,
      meanWidthBp: model.meanWidthBp,
      artifactHash: model.artifactHash,
      soleMember: model.soleMember,
      synthetic: model.synthetic,
    };
  });
}

function modelOf(universe: HashedUniverse, { summary, report, seconds }: TrainOutput, createdAt: string): NewModel {
  const directionSkilled = measuresDirectionSkill(report);
  return {
    createdAt,
    synthetic: universe.synthetic,
    seed: summary.seed,
    trainedFrom: summary.trainedFrom,
    trainedTo: summary.trainedTo,
    symbols: summary.symbols.length,
    rows: summary.rows,
    features: summary.features.length,
    dataHash: universe.dataHash,
    trainingSeconds: seconds,
    members: report.models.map((member) => (member.weight === null ? { ...member, directionSkilled } : member)),
    coverage: report.coverage,
    meanWidthBp: report.meanWidthBp,
    winklerBp: report.winklerBp,
    hitRate: report.hitRate.value,
  };
}
