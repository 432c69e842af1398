import type { Forecast, SelfTestReport } from '@daytrade/ensemble';
import { WorkerPool, type WorkerRunOptions } from '@daytrade/jobs';
import type {
  AuditInput,
  AuditOutput,
  EvaluateInput,
  EvaluateOutput,
  PredictInput,
  TrainInput,
  TrainOutput,
} from './compute.worker.ts';

/** The computations of the service. Each runs in a worker thread, so that the event loop goes on answering. */
export class Computations {
  readonly workers: number;
  readonly #pool: WorkerPool;

  /** @param workers threads that fit members side by side */
  constructor(workers: number) {
    this.workers = workers;
    // A prediction must not wait for a training: one thread for each.
    this.#pool = new WorkerPool({ size: 2, module: new URL('./compute.worker.ts', import.meta.url) });
  }

  train(input: Omit<TrainInput, 'workers'>, options: WorkerRunOptions): Promise<TrainOutput> {
    return this.#pool.run('train', { ...input, workers: this.workers }, options);
  }

  evaluate(input: Omit<EvaluateInput, 'workers'>, options: WorkerRunOptions): Promise<EvaluateOutput> {
    return this.#pool.run('evaluate', { ...input, workers: this.workers }, options);
  }

  audit(input: AuditInput, options: WorkerRunOptions): Promise<AuditOutput> {
    return this.#pool.run('audit', input, options);
  }

  testAudit(options: WorkerRunOptions): Promise<SelfTestReport> {
    return this.#pool.run('testAudit', {}, options);
  }

  predict(input: PredictInput): Promise<readonly Forecast[]> {
    return this.#pool.run('predict', input);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
