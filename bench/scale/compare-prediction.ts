import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { commandCosts } from '../harness/command-costs.ts';
import { type Bar, type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { MeasuredPlatform } from '../serving/hot-reads/measured-platform.ts';
import { makeBarFolder } from './bar-folder.ts';
import { importedState } from './compare-update.ts';
import { type ScaleSizes, shapeOf } from './scale-sizes.ts';

/** Seconds in which 4,000 symbols are to be predicted. */
const mostPredictionSeconds = 2;
/** Symbols that the model learns from: what a prediction costs does not depend on them. */
const trainedOn = 20;

/** The next session of all symbols, by the live model of a running platform: the first time, and after one more day. */
export async function comparePrediction(context: SuiteContext, sizes: ScaleSizes): Promise<readonly Comparison[]> {
  const state = await trainedState(context, sizes);
  context.progress(`prediction of ${shapeOf(sizes)}`);
  await using platform = await MeasuredPlatform.start(state);
  const first = await predict(platform);
  const [day] = makeBarFolder(context.cache, sizes).days;
  await platform.post(platform.ports.data, '/v1/fetches', { provider: 'csv', folder: day });
  await platform.runEnds('fetch');
  const next = await predict(platform);
  const again = [await predict(platform), await predict(platform)];
  const row = (what: string, { seconds, predictions }: Prediction, bar?: Bar) =>
    compare({
      name: `prediction of ${shapeOf(sizes)}, ${what}`,
      unit: `of ${mostPredictionSeconds} s`,
      figure: (100 * seconds) / mostPredictionSeconds,
      kind: 'share',
      ...(bar === undefined ? {} : { bar }),
      note: `${seconds.toFixed(1)} s by the clock from the request to its answer; ${predictions} predictions`,
    });
  const fastest = again.reduce((best, each) => (each.seconds < best.seconds ? each : best));
  return [
    row('the first after a start', first),
    row('the first after a day more', next, { sense: 'at most', must: 100 }),
    row('asked again', fastest),
  ];
}

interface Prediction {
  readonly seconds: number;
  readonly predictions: number;
}

async function predict(platform: MeasuredPlatform): Promise<Prediction> {
  const started = performance.now();
  const answer = await platform.post(platform.ports.ml, '/v1/predictions', {});
  const seconds = (performance.now() - started) / 1000;
  const { predictions } = JSON.parse(answer) as { readonly predictions: readonly unknown[] };
  return { seconds, predictions: predictions.length };
}

/** An imported state with a live model, trained once. */
async function trainedState(context: SuiteContext, sizes: ScaleSizes): Promise<string> {
  const { history } = makeBarFolder(context.cache, sizes);
  const imported = await importedState(context, sizes, history);
  const state = `${imported}-trained`;
  if (existsSync(state)) return state;
  const unfinished = `${state}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(imported, unfinished, { recursive: true });
  context.progress(`training a model on ${trainedOn} symbols`);
  const symbols = Array.from({ length: trainedOn }, (_, index) => String(2000 + index));
  await commandCosts(unfinished, ['train', '--symbols', ...symbols]);
  renameSync(unfinished, state);
  return state;
}
