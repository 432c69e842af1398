import { pathToFileURL } from 'node:url';
import { DayTradeError, isDayTradeError, serialiseError } from '@daytrade/errors';
import {
  type BacktestInput,
  type BacktestReport,
  decideInBook,
  type RunSets,
  runBacktest,
  type Strategy,
  simulateSetsOf,
  strategyOfFile,
} from '@daytrade/trading';
import type { OwnAnswer, OwnTask } from './own-strategies.ts';

// A process of its own, which may read the code of the platform and the file of one strategy, and nothing else.

process.once('message', (task: OwnTask) => void answer(task));

async function answer({ name, file, backtest, decide }: OwnTask): Promise<void> {
  try {
    const { default: exported } = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
    const strategy = strategyOfFile(name, exported);
    const { summary, parameters, needsForecasts } = strategy;
    const result = (backtest && (await judge(backtest, strategy))) ??
      (decide && decideInBook(strategy, decide)) ?? { summary, parameters, needsForecasts };
    await send({ result });
  } catch (error) {
    await send({ error: serialiseError(isDayTradeError(error) ? error : faultOf(name, error)) });
  }
  process.disconnect();
}

function judge(input: BacktestInput, strategy: Strategy): Promise<BacktestReport> {
  const runSets: RunSets = async ({ sets, ...same }) => {
    const returns: Float64Array[] = [];
    for (const set of sets) {
      returns.push(...simulateSetsOf(strategy, { ...same, sets: [set] }));
      await send({ fraction: (0.9 * returns.length) / sets.length });
    }
    return returns;
  };
  return runBacktest(input, runSets, strategy);
}

/** Returns an error that names the file, and its line where the stack has it. */
function faultOf(name: string, cause: unknown): DayTradeError {
  const { message, stack = '' } = cause instanceof Error ? cause : new Error(String(cause));
  const [place = `${name}.ts`] = new RegExp(`${name}\\.ts:\\d+`).exec(stack) ?? [];
  return new DayTradeError('input.invalid', `${place}: ${message}`, { cause });
}

function send(message: OwnAnswer): Promise<void> {
  return new Promise((resolve, reject) => process.send!(message, (error) => (error ? reject(error) : resolve())));
}
