import type { ImportanceReport } from '@daytrade/ensemble';
import { type TasksOf, WorkerPool, type WorkerRunOptions } from '@daytrade/jobs/workers';
import type {
  ExplainInput,
  GoOnInput,
  InDayAnswer,
  InDayInput,
  InDayPast,
  PredictInput,
  WarmForecast,
} from './predict.worker.ts';

type LongTasks = TasksOf<typeof import('./compute.worker.ts')>;
type PredictionTasks = TasksOf<typeof import('./predict.worker.ts')>;

/** Computations of the service, in worker threads, so that the event loop stays free. */
export class Computations {
  readonly workers: number;
  /** Thread of predictions alone: it keeps the live model warm and never waits for a training. */
  readonly #predictions = new WorkerPool<PredictionTasks>({
    size: 1,
    module: new URL('./predict.worker.ts', import.meta.url),
    youngMegabytes: 8,
  });
  readonly #long = new Set<WorkerPool<LongTasks>>();

  constructor(workers: number) {
    this.workers = workers;
  }

  /** Runs a computation in a thread of its own, whose end gives all memory back. */
  async run<Name extends keyof LongTasks>(
    name: Name,
    input: Omit<LongTasks[Name]['input'], 'workers'>,
    options: WorkerRunOptions,
  ): Promise<LongTasks[Name]['output']> {
    const pool = new WorkerPool<LongTasks>({ size: 1, module: new URL('./compute.worker.ts', import.meta.url) });
    this.#long.add(pool);
    try {
      return await pool.run(name, { ...input, workers: this.workers } as LongTasks[Name]['input'], options);
    } finally {
      this.#long.delete(pool);
      await pool.close();
    }
  }

  /** @param readArtifact reads the model's file; called only if the thread lacks the model */
  async predict(input: PredictInput, readArtifact: () => Promise<Uint8Array>): Promise<WarmForecast> {
    const warm = await this.#predictions.run('predict', input);
    if (warm !== undefined) return warm;
    return this.#predictions.run('loadAndPredict', { ...input, artifact: await readArtifact() });
  }

  /** Predicts from the bars after an earlier prediction; undefined if the thread is not at its end. */
  goOn(input: GoOnInput): Promise<WarmForecast | undefined> {
    return this.#predictions.run('goOn', input);
  }

  /** @param readPast reads the model's file and the past; called only if the thread lacks them */
  async forecastInDay(input: InDayInput, readPast: () => Promise<InDayPast>): Promise<InDayAnswer> {
    const warm = await this.#predictions.run('forecastInDay', input);
    if (warm !== undefined) return warm;
    return this.#predictions.run('loadAndForecastInDay', { ...input, ...(await readPast()) });
  }

  /** @throws DayTradeError `model.file-invalid` for a model that cannot predict */
  check(artifact: Uint8Array): Promise<void> {
    return this.#predictions.run('check', { artifact });
  }

  explain(input: ExplainInput): Promise<ImportanceReport> {
    return this.#predictions.run('explain', input);
  }

  async close(): Promise<void> {
    await Promise.all([this.#predictions, ...this.#long].map((pool) => pool.close()));
  }
}
