import { writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { deserialize, serialize } from 'node:v8';
import { DayTradeError, isDayTradeError, serialiseError } from '@daytrade/errors';
import type { BacktestInput, BacktestReport, RunSets, Strategy } from '@daytrade/trading';
import type { OwnAnswer, OwnTask } from './own-process.ts';

// A process of its own, which may read the code of the platform and nothing else. It runs the text of one file.

if (process.send === undefined) void answer(deserialize(await buffer(process.stdin)) as OwnTask);
else process.once('message', (task: OwnTask) => void answer(task));

async function answer(task: OwnTask): Promise<void> {
  try {
    await send({ result: await resultOf(task) });
  } catch (error) {
    await send({ error: serialiseError(isDayTradeError(error) ? error : faultOf(task, error)) });
  }
  process.disconnect?.();
}

async function resultOf(task: OwnTask): Promise<unknown> {
  const { name } = task.file;
  const exported = await exportOf(task);
  if (task.kind === 'strategies') {
    const { decideInBook, strategyOfFile } = await import('@daytrade/trading');
    const strategy = strategyOfFile(name, exported);
    const { summary, parameters, needsForecasts } = strategy;
    const { backtest, decide } = task;
    return (
      (backtest && (await judge(backtest, strategy))) ??
      (decide && decideInBook(strategy, decide)) ?? { summary, parameters, needsForecasts }
    );
  }
  if (task.kind === 'features') {
    const { assertVaries, auditFeature, featureOfFile, ownColumn } = await import('@daytrade/series');
    const feature = featureOfFile(name, exported);
    const { panel, audit } = task;
    if (panel === undefined) return { summary: feature.summary };
    if (audit === true) auditFeature(panel, name, feature);
    const column = ownColumn(panel, name, feature);
    if (audit === true) assertVaries(name, column);
    return column;
  }
  const { memberOfFile, predictOwn } = await import('@daytrade/ensemble');
  const member = memberOfFile(name, exported);
  const { train, predict } = task;
  if (train !== undefined) return stateOf(name, member.train(train.rows, train.target, { seed: train.seed }));
  if (predict !== undefined) return predictOwn(name, member, deserialize(predict.state), predict.rows);
  const { summary, target, columns } = member;
  return { summary, ...(target && { target }), ...(columns && { columns }) };
}

function stateOf(member: string, learned: unknown): Uint8Array {
  try {
    return serialize(learned);
  } catch (cause) {
    const shown = cause instanceof Error ? cause.message : String(cause);
    throw new DayTradeError('input.invalid', `members/${member}.ts: expected train to return plain data: ${shown}`);
  }
}

async function judge(input: BacktestInput, strategy: Strategy): Promise<BacktestReport> {
  const { runBacktest, simulateSetsOf } = await import('@daytrade/trading');
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

/** Loads the text, not the file: what its hash names is what runs. */
async function exportOf({ kind, file: { name, source } }: OwnTask): Promise<unknown> {
  const text = stripTypeScriptTypes(source, { mode: 'strip', sourceUrl: `${kind}/${name}.ts` });
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { readonly default?: unknown };
  return module.default;
}

/** Returns an error that names the file, and its line where the stack has it. */
function faultOf({ kind, file: { name } }: OwnTask, cause: unknown): DayTradeError {
  const { message, stack = '' } = cause instanceof Error ? cause : new Error(String(cause));
  const [place = `${kind}/${name}.ts`] = new RegExp(`${kind}/${name}\\.ts:\\d+`).exec(stack) ?? [];
  const shown = message
    .replace(/ from "data:.*/s, ': a file imports nothing but modules of Node.js')
    .replace(/^Access to this API .*/s, 'a file reads no other file and starts no program');
  return new DayTradeError('input.invalid', `${place}: ${shown}`, { cause });
}

async function send(message: OwnAnswer): Promise<void> {
  if (process.send === undefined) writeFileSync(3, serialize(message));
  else await new Promise<void>((resolve, reject) => process.send!(message, (e) => (e ? reject(e) : resolve())));
}
