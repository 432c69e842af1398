import {
  type AuditReport,
  type Evaluation,
  type EvaluationRequest,
  type JudgedPrediction,
  jobs,
  measuresDirectionSkill,
  type TrainingRequest,
} from '@daytrade/contracts';
import {
  type EvaluationOptions,
  type EvaluationReport,
  type JudgedForecast,
  type JudgedForecasts,
  judgedBySymbol,
} from '@daytrade/ensemble';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { barsAge, dateOfDayNumber, type Horizon } from '@daytrade/market';
import type { NewModel, Stores } from '@daytrade/storage';
import type { AuditOutput, TrainOutput } from '../computation/compute.worker.ts';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readNights } from '../in-day/overnight.ts';
import { tooLittleOf } from '../members-by-date.ts';
import { OwnFiles } from '../own/own-files.ts';
import type { OwnParts } from '../own/own-models.ts';
import { assertClockGoesOn } from '../predictions/live-model.ts';
import { readFiveMinuteBars, readSessionPath } from '../session-path.ts';
import { readUniverse, type Universe } from '../universe.ts';

/**
 * Job `training`: trains the ensemble on all bars, registers it and, by default, makes it live. An interrupted run
 * leaves nothing behind: a model is listed only once its file is complete.
 */
export function trainingJob({ stores, clock, computations, settings }: MlServiceDependencies): JobDefinition {
  return defineJob('training', async ({ payload: request, signal, progress }) => {
    const own = await ownParts(settings, request);
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readUniverse(stores, request.symbols, request.universe);
    const path = await readSessionPath(stores, universe.panel);
    const output = await computations
      .run(
        'train',
        { path, ...(await knownOf(stores, universe)), options: { seed: request.seed }, own },
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
    const modelVersion = model.version;
    const of = {
      id: `training-${modelVersion}`,
      madeAt: at,
      horizon: 'next-close',
      modelVersion,
      stretch: false,
    } as const;
    const evaluation = await saveEvaluation(stores, universe, { ...output, own }, of);
    if (request.promote) await stores.models.promote(model.version, 'automatic', at);
    return jobs.training.result.parse({
      ...model,
      modelVersion: model.version,
      promoted: request.promote,
      evaluationId: evaluation.id,
      barsAge: barsAge(model.trainedTo, clock.now()),
      leftOut: universe.leftOut,
      universe: universe.set,
      own: partsUsed(own),
    });
  });
}

/** Reads the files of the user's that a request names. */
async function ownParts(
  { DAYTRADE_USER_FOLDER: folder }: MlServiceDependencies['settings'],
  { features = [], members = [] }: Pick<TrainingRequest, 'features' | 'members'>,
): Promise<OwnParts> {
  const [featureFiles, memberFiles] = [new OwnFiles(folder, 'features'), new OwnFiles(folder, 'members')];
  return {
    features: await Promise.all(features.map((name) => featureFiles.find(name))),
    members: await Promise.all(members.map((name) => memberFiles.find(name))),
  };
}

/** Returns the files with their SHA-256; undefined without one. */
function partsUsed({ features, members }: OwnParts): Evaluation['own'] {
  const used = [
    ...features.map(({ name, hash }) => `features/${name}.ts ${hash}`),
    ...members.map(({ name, hash }) => `members/${name}.ts ${hash}`),
  ];
  return used.length === 0 ? undefined : used;
}

/** Reads what a training and an evaluation know, without 5-minute bars. */
async function knownOf(stores: Stores, { panel, synthetic }: Universe) {
  const announced = await stores.announcements.calendar(panel.symbols.map(({ symbol }) => symbol));
  return { panel, ...(await readNights(stores, panel, synthetic)), announced };
}

function modelOf(universe: Universe, { summary, report, seconds }: TrainOutput, createdAt: string): NewModel {
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

function evaluationOptions(request: EvaluationRequest): EvaluationOptions {
  const { sessions, retrainEvery, from, to, seed } = request;
  return {
    ...(sessions === undefined ? {} : { judgedSessions: sessions }),
    ...(retrainEvery === undefined ? {} : { retrainEvery }),
    from,
    to,
    seed,
  };
}

/** Job `evaluation`: judges the forecasts of a horizon walk-forward, on the newest sessions or between two days. */
export function evaluationJob({ stores, computations, clock, settings }: MlServiceDependencies): JobDefinition {
  return defineJob('evaluation', async ({ run, payload: request, signal, progress }) => {
    const own = await ownParts(settings, request);
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readUniverse(stores, request.symbols, request.universe);
    const { horizon, to } = request;
    const path = horizon === 'next-close' ? undefined : await readSessionPath(stores, universe.panel);
    const output = await computations
      .run(
        'evaluate',
        { path, ...(await knownOf(stores, universe)), horizon, options: evaluationOptions(request), own },
        { signal, onProgress: (step) => progress({ ...step, fraction: step.fraction * 0.99 }) },
      )
      .catch((error: unknown) => {
        throw tooLittleOf(universe.set, error);
      });
    signal.throwIfAborted();
    const id = `evaluation-${run.id}`;
    const madeAt = new Date(clock.now()).toISOString();
    const of = { id, madeAt, horizon, modelVersion: id, stretch: to !== undefined };
    const evaluation = await saveEvaluation(stores, universe, { ...output, own }, of);
    const { coverage, meanWidthBp, winklerBp } = evaluation;
    return { evaluationId: id, seconds: output.seconds, coverage, meanWidthBp, winklerBp, leftOut: universe.leftOut };
  });
}

interface Identity {
  readonly id: string;
  readonly madeAt: string;
  readonly horizon: Horizon;
  /** Key of the judged intervals: the model's version, or the id if no model was kept. */
  readonly modelVersion: string;
  /** True for an evaluation up to a given day, which never counts as the newest judgement. */
  readonly stretch: boolean;
}

/** Stores a judgement with its intervals, the names of symbols and the hash of its bars. */
async function saveEvaluation(
  stores: Pick<Stores, 'evaluations'>,
  { records, synthetic, dataHash, set }: Universe,
  {
    report,
    judged,
    own,
  }: { readonly report: EvaluationReport; readonly judged: JudgedForecasts; readonly own: OwnParts },
  { id, madeAt, horizon, modelVersion, stretch }: Identity,
): Promise<Evaluation> {
  const names = new Map<string, string>(records.map(({ symbol, name }) => [symbol, name]));
  const bySymbol = report.bySymbol.map((entry) => ({ ...entry, name: names.get(entry.symbol) ?? entry.symbol }));
  const evaluation = {
    ...report,
    id,
    madeAt,
    horizon,
    stretch,
    synthetic,
    dataHash,
    bySymbol,
    universe: set,
    own: partsUsed(own),
  };
  const archived = judgedBySymbol(judged).map(
    ([symbol, forecasts]) => [symbol, forecasts.map((forecast) => judgedPrediction(forecast, modelVersion))] as const,
  );
  await stores.evaluations.save(evaluation, archived);
  return evaluation;
}

function judgedPrediction({ symbol: _symbol, ...said }: JudgedForecast, modelVersion: string): JudgedPrediction {
  return { ...said, modelVersion, source: 'walk-forward' };
}

/** Job `audit`: runs the leak audit on the stored bars. */
export function auditJob({ stores, computations }: MlServiceDependencies): JobDefinition {
  return defineJob('audit', async ({ payload: request, signal, progress }) => {
    progress({ stage: 'reading bars', fraction: 0 });
    const universe = await readUniverse(stores, request.symbols);
    const { panel } = universe;
    const nights = await readNights(stores, panel, universe.synthetic);
    const input = { panel, bars: await readFiveMinuteBars(stores, panel), ...nights, probes: request.probes };
    const output = await computations.run('audit', input, { signal, onProgress: progress });
    signal.throwIfAborted();
    return { report: toAuditReport(output, universe), leftOut: universe.leftOut };
  });
}

/** Adds the identity of the bars to the findings. */
function toAuditReport({ report, seconds }: AuditOutput, { panel, synthetic, dataHash }: Universe): AuditReport {
  return {
    ...report,
    synthetic,
    dataHash,
    from: dateOfDayNumber(panel.days[0]!),
    to: dateOfDayNumber(panel.days.at(-1)!),
    seconds,
  };
}
