import { fork, type StdioOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type StrategyList, strategyNameSchema } from '@daytrade/contracts';
import { DayTradeError, reviveError, type SerialisedError } from '@daytrade/errors';
import type { WorkerRunOptions } from '@daytrade/jobs/workers';
import {
  type BacktestInput,
  type BacktestReport,
  type Decision,
  type DecisionInput,
  isShipped,
  type PaperRule,
  type Strategy,
  strategies,
} from '@daytrade/trading';

/** File of a strategy, and its SHA-256. */
export interface OwnStrategy {
  readonly name: string;
  readonly file: string;
  readonly hash: string;
}

/** Message to the process of a strategy; without a task it describes the strategy. */
export interface OwnTask extends Pick<OwnStrategy, 'name' | 'file'> {
  readonly backtest?: BacktestInput;
  readonly decide?: DecisionInput;
}

/** Message from the process of a strategy. */
export type OwnAnswer =
  | { readonly fraction: number }
  | { readonly result: unknown }
  | { readonly error: SerialisedError };

type Description = Pick<Strategy, 'summary' | 'parameters' | 'needsForecasts'>;

/** Folders of the code, in a clone and in an image. */
const code = [
  new URL('../../../../packages', import.meta.url),
  new URL('../../../../services', import.meta.url),
  new URL('../../../../node_modules', import.meta.url),
  new URL('../../../../bundle', import.meta.url),
].map((url) => fileURLToPath(url));
const entry = fileURLToPath(new URL('./own-strategy.worker.ts', import.meta.url));

/** Strategies in files of the user's folder. Each runs in a process that reads no other file and starts no program. */
export class OwnStrategies {
  readonly #folder: string;

  /** @param userFolder the setting DAYTRADE_USER_FOLDER */
  constructor(userFolder: string) {
    this.#folder = join(userFolder, 'strategies');
  }

  /** Returns all strategies that can be followed: those of the platform, then files with their faults. */
  async list(): Promise<StrategyList['strategies']> {
    const shipped = Object.values(strategies).map((one) => ({ ...described(one), file: null, fault: null }));
    const own = (await this.#names()).map(async (name) => {
      const file = join(this.#folder, `${name}.ts`);
      try {
        if (!strategyNameSchema.safeParse(name).success) {
          throw new DayTradeError('input.invalid', `${name}.ts: expected lowercase letters, digits and hyphens`);
        }
        const description = await this.describe(await this.find(name));
        return { ...described({ name, ...description }), file, fault: null };
      } catch (error) {
        const fault = error instanceof Error ? error.message : String(error);
        return { name, summary: '', parameters: [], needsForecasts: false, file, fault };
      }
    });
    return [...shipped, ...(await Promise.all(own))];
  }

  /**
   * Finds the file of a strategy.
   *
   * @throws DayTradeError `input.invalid` with the names that there are
   */
  async find(name: string): Promise<OwnStrategy> {
    // A file of a ConfigMap is a link, and only the file itself may be read.
    const file = await realpath(join(this.#folder, `${name}.ts`)).catch(() => undefined);
    const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (file !== undefined && bytes !== undefined)
      return { name, file, hash: createHash('sha256').update(bytes).digest('hex') };
    const known = [...Object.keys(strategies), ...(await this.#names())].join(', ');
    throw new DayTradeError('input.invalid', `strategy: there is no ${name} in ${this.#folder}; there are ${known}`, {
      details: { field: 'strategy' },
    });
  }

  /** Runs a backtest of a strategy in its process. */
  async backtest(
    { name, file }: OwnStrategy,
    input: BacktestInput,
    { signal, onProgress }: WorkerRunOptions,
  ): Promise<BacktestReport> {
    const tried = (fraction: number) => onProgress?.({ stage: 'trying parameters', fraction });
    return (await askProcess({ name, file, backtest: input }, signal, tried)) as BacktestReport;
  }

  /** Returns what the file says of its strategy. */
  async describe({ name, file }: OwnStrategy): Promise<Description> {
    return (await askProcess({ name, file })) as Description;
  }

  /**
   * Returns the rule of a paper book.
   *
   * @param hash that of the file when the book was started
   * @throws DayTradeError `input.invalid` where the file is gone, is wrong, or has another hash
   */
  async ruleOf(name: string, hash: string | null): Promise<PaperRule> {
    const own = await this.find(name);
    const { file } = own;
    if (hash !== own.hash) {
      throw new DayTradeError('input.invalid', `${file} has changed since the book was started: stop, and start anew`);
    }
    const { needsForecasts } = await this.describe(own);
    return { needsForecasts, decide: async (input) => (await askProcess({ name, file, decide: input })) as Decision };
  }

  async #names(): Promise<readonly string[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const names = files.filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -'.ts'.length));
    return names.filter((name) => !isShipped(name)).sort();
  }
}

function described({ name, summary, parameters, needsForecasts }: Strategy | (Description & Pick<Strategy, 'name'>)) {
  return {
    name,
    summary,
    parameters: parameters.map((one) => ({ ...one, candidates: [...one.candidates] })),
    needsForecasts,
  };
}

/** Runs a task in a process under Node's permission model, without the environment and its secrets. */
function askProcess(task: OwnTask, signal?: AbortSignal, onProgress?: (fraction: number) => void): Promise<unknown> {
  const readable = [...code.filter((folder) => existsSync(folder)), task.file];
  const execArgv = ['--permission', ...readable.map((path) => `--allow-fs-read=${path}`), '--no-warnings'];
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', 'ipc'];
  const options = { execArgv, env: {}, serialization: 'advanced', killSignal: 'SIGKILL', stdio } as const;
  return new Promise((resolve, reject) => {
    const child = fork(entry, signal === undefined ? options : { ...options, signal });
    let complaint = '';
    child.stderr?.on('data', (text: Buffer) => {
      complaint = (complaint + text.toString()).slice(-500);
    });
    child.on('message', (answer: OwnAnswer) => {
      if ('fraction' in answer) onProgress?.(answer.fraction);
      else if ('result' in answer) resolve(answer.result);
      else reject(reviveError(answer.error));
    });
    child.once('error', (error) => reject(signal?.aborted === true ? signal.reason : error));
    child.once('close', (exitCode) =>
      reject(new DayTradeError('input.invalid', `${task.name}.ts: its process ended (${exitCode}): ${complaint}`)),
    );
    child.send(task);
  });
}
