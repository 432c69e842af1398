import type { EvaluationRequest } from '@daytrade/contracts';
import type { EvaluationOptions } from '@daytrade/ensemble';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readNights } from '../in-day/overnight.ts';
import { tooLittleOf } from '../members-by-date.ts';
import { readSessionPath } from '../session-path.ts';
import { readHashedUniverse } from '../universe.ts';
import { saveEvaluation } from './save-evaluation.ts';

/** The settings of an evaluation that was asked for. */
export function evaluationOptions(request: EvaluationRequest): EvaluationOptions {
  const { sessions, retrainEvery, from, to, seed, seeds } = request;
  return {
    ...(sessions === undefined ? {} : { judgedSessions: sessions }),
    ...(retrainEvery === undefined ? {} : { retrainEvery }),
    from,
    to,
    seed,
    seeds,
  };
}

/**
 * Job `evaluation`: judges the forecasts of a horizon walk-forward on the newest sessions, or on those between two
 * days, each predicted by models that had not seen it.
 */
export function evaluationJob({ stores, computations, clock }: MlServiceDependencies): JobDefinition {
  return defineJob('evaluation', async ({ run, payload: request, signal, progress }) => {
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readHashedUniverse(stores, request.symbols, request);
    const { horizon, to } = request;
    const isInDay = horizon !== 'next-close';
    const path = isInDay ? await readSessionPath(stores, universe.panel) : undefined;
    const nights = await readNights(stores, universe.panel, universe.synthetic);
    const announced = await stores.announcements.calendar(universe.panel.symbols.map(({ symbol }) => symbol));
    const options = evaluationOptions(request);
    const output = await computations
      .evaluate(
        { panel: universe.panel, path, ...nights, announced, horizon, options },
        { signal, onProgress: (step) => progress({ ...step, fraction: step.fraction * 0.99 }) },
      )
      .catch((error: unknown) => {
        throw tooLittleOf(universe.set, error);
      });
    signal.throwIfAborted();
    const id = `evaluation-${run.id}`;
    const madeAt = new Date(clock.now()).toISOString();
    const evaluation = await saveEvaluation(stores, universe, output, {
      id,
      madeAt,
      horizon,
      modelVersion: id,
      stretch: to !== undefined,
    });
    const { coverage, meanWidthBp, winklerBp } = evaluation;
    return { evaluationId: id, seconds: output.seconds, coverage, meanWidthBp, winklerBp, leftOut: universe.leftOut };
  });
}
