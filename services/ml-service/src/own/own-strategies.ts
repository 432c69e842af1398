import type { StrategyList } from '@daytrade/contracts';
import type { OwnFile } from '@daytrade/ensemble';
import { DayTradeError } from '@daytrade/errors';
import type { WorkerRunOptions } from '@daytrade/jobs/workers';
import {
  type BacktestInput,
  type BacktestReport,
  type Decision,
  type PaperRule,
  type Strategy,
  strategies,
} from '@daytrade/trading';
import { OwnFiles } from './own-files.ts';
import { askProcess } from './own-process.ts';

type Description = Pick<Strategy, 'summary' | 'parameters' | 'needsForecasts'>;

/** Strategies in files of the user's folder. Each runs in a process that reads no other file and starts no program. */
export class OwnStrategies {
  readonly #files: OwnFiles;

  constructor(userFolder: string) {
    this.#files = new OwnFiles(userFolder, 'strategies');
  }

  /** Returns all strategies that can be followed: those of the platform, then files with their faults. */
  async list(): Promise<StrategyList['strategies']> {
    const shipped = Object.values(strategies).map((one) => ({ ...described(one), file: null, fault: null }));
    const none = { summary: '', parameters: [], needsForecasts: false };
    const own = (await this.#files.list<Description>()).map(({ description = none, name, file, fault }) => ({
      ...described({ name, ...description }),
      file,
      fault,
    }));
    return [...shipped, ...own];
  }

  /**
   * Finds the file of a strategy.
   *
   * @throws DayTradeError `input.invalid` with the names that there are
   */
  find(name: string): Promise<OwnFile> {
    return this.#files.find(name, 'strategy');
  }

  /** Runs a backtest of a strategy in its process. */
  async backtest(
    file: OwnFile,
    backtest: BacktestInput,
    { signal, onProgress }: WorkerRunOptions,
  ): Promise<BacktestReport> {
    const tried = (fraction: number) => onProgress?.({ stage: 'trying parameters', fraction });
    return (await askProcess({ kind: 'strategies', file, backtest }, signal, tried)) as BacktestReport;
  }

  /** Returns what the file says of its strategy. */
  async describe(file: OwnFile): Promise<Description> {
    return (await askProcess({ kind: 'strategies', file })) as Description;
  }

  /**
   * Returns the rule of a paper book.
   *
   * @param hash that of the file when the book was started
   * @throws DayTradeError `input.invalid` where the file is gone, is wrong, or has another hash
   */
  async ruleOf(name: string, hash: string | null): Promise<PaperRule> {
    const file = await this.find(name);
    if (hash !== file.hash) {
      const changed = `strategies/${name}.ts has changed since the book was started`;
      throw new DayTradeError('input.invalid', `${changed}: stop, and start anew`);
    }
    const { needsForecasts } = await this.describe(file);
    const decide = async (input: Parameters<PaperRule['decide']>[0]) =>
      (await askProcess({ kind: 'strategies', file, decide: input })) as Decision;
    return { needsForecasts, decide };
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
