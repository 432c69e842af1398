import type { ImportanceReport, WarmForecast } from '@daytrade/ensemble';
import { type TasksOf, WorkerPool, type WorkerRunOptions } from '@daytrade/jobs/workers';
import type { BacktestInput, BacktestReport } from '@daytrade/trading';
import type {
  AuditInput,
  AuditOutput,
  EvaluateInput,
  EvaluateOutput,
  TrainInput,
  TrainOutput,
} from './compute.worker.ts';
import type { ExplainInput, GoOnInput, InDayAnswer, InDayInput, InDayPast, PredictInput } from './predict.worker.ts';

type LongTasks = TasksOf<typeof import('./compute.worker.ts')>;
type PredictionTasks = TasksOf<typeof import('./predict.worker.ts')>;

/** The computations of the service. Each runs in a worker thread, so that the event loop goes on answering. */
export class Computations {
  readonly workers: number;
  /** One thread that predictions have for themselves: it keeps the live model warm, and none waits for a training. */
  readonly #predictions = new WorkerPool<PredictionTasks>({
    size: 1,
    module: new URL('./predict.worker.ts', import.meta.url),
    youngMegabytes: 8,
  });
  /** The threads of the long computations under way. */
  readonly #long = new Set<WorkerPool<LongTasks>>();

  /** @param workers threads that fit members side by side */
  constructor(workers: number) {
    this.workers = workers;
  }

  train(input: Omit<TrainInput, 'workers'>, options: WorkerRunOptions): Promise<TrainOutput> {
    return this.#runLong('train', { ...input, workers: this.workers }, options);
  }

  evaluate(input: Omit<EvaluateInput, 'workers'>, options: WorkerRunOptions): Promise<EvaluateOutput> {
    return this.#runLong('evaluate', { ...input, workers: this.workers }, options);
  }

  audit(input: AuditInput, options: WorkerRunOptions): Promise<AuditOutput> {
    return this.#runLong('audit', input, options);
  }

  backtest(input: BacktestInput, options: WorkerRunOptions): Promise<BacktestReport> {
    return this.#runLong('backtest', { ...input, workers: this.workers }, options);
  }

  /** @param readArtifact reads the model's file; asked only when the thread does not have the model */
  async predict(input: PredictInput, readArtifact: () => Promise<Uint8Array>): Promise<WarmForecast> {
    const warm = await this.#predictions.run('predict', input);
    if (warm !== undefined) return warm;
    return this.#predictions.run('loadAndPredict', { ...input, artifact: await readArtifact() });
  }

  /** The same from the bars after those of an earlier prediction; undefined when the thread does not stand there. */
  goOn(input: GoOnInput): Promise<WarmForecast | undefined> {
    return this.#predictions.run('goOn', input);
  }

  /** @param readPast reads the model's file and the past; asked only when the thread does not have them */
  async forecastInDay(input: InDayInput, readPast: () => Promise<InDayPast>): Promise<InDayAnswer> {
    const warm = await this.#predictions.run('forecastInDay', input);
    if (warm !== undefined) return warm;
    return this.#predictions.run('loadAndForecastInDay', { ...input, ...(await readPast()) });
  }

  /** @throws DayTradeError `model.file-invalid` when the file is of no model that can predict */
  check(artifact: Uint8Array): Promise<void> {
    return this.#predictions.run('check', { artifact });
  }

  explain(input: ExplainInput): Promise<ImportanceReport> {
    return this.#predictions.run('explain', input);
  }

  async close(): Promise<void> {
    await Promise.all([this.#predictions, ...this.#long].map((pool) => pool.close()));
  }

  /** In a thread that ends with it: it gives back all memory that the computation took. */
  async #runLong<Name extends keyof LongTasks>(
    name: Name,
    input: LongTasks[Name]['input'],
    options: WorkerRunOptions,
  ): Promise<LongTasks[Name]['output']> {
    const pool = new WorkerPool<LongTasks>({ size: 1, module: new URL('./compute.worker.ts', import.meta.url) });
    this.#long.add(pool);
    try {
      return await pool.run(name, input, options);
    } finally {
      this.#long.delete(pool);
      await pool.close();
    }
  }
}
