import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandCosts, commandCosts } from '../harness/command-costs.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { makeBarFolder } from './bar-folder.ts';
import { compareMemory, type ScaleSizes, shapeOf } from './scale-sizes.ts';

/** Seconds in which one day of 4,000 symbols is to be stored. */
const mostSeconds = 60;

/** Measures the update by one day more of all symbols, in one file: seconds and memory. */
export async function compareUpdate(context: SuiteContext, sizes: ScaleSizes): Promise<readonly Comparison[]> {
  const { history, days } = makeBarFolder(context.cache, sizes);
  const state = await importedState(context, sizes, history);
  context.progress(`update of ${shapeOf(sizes)}`);
  const costs = await updateDays(state, days);
  const fastest = Math.min(...costs.map(({ seconds }) => seconds));
  const processor = Math.min(...costs.map(({ cpuSeconds }) => cpuSeconds));
  const name = `update of a day of ${shapeOf(sizes)}`;
  return [
    compare({
      name,
      unit: `of ${mostSeconds} s`,
      figure: (100 * fastest) / mostSeconds,
      kind: 'share',
      bar: { sense: 'at most', must: 100 },
      note:
        `${fastest.toFixed(1)} s by the clock, ${processor.toFixed(1)} s of the processor; the command with its ` +
        `start; fastest of ${costs.length} days`,
    }),
    compareMemory(name, costs),
  ];
}

/** Returns a state folder with the bars of a folder, imported once: users of it work on a copy. */
export async function importedState(context: SuiteContext, sizes: ScaleSizes, folder: string): Promise<string> {
  const state = join(context.cache, 'scale', `state-${sizes.symbols}-${sizes.sessions}`);
  if (existsSync(state)) return state;
  context.progress(`importing ${sizes.symbols} symbols, for what follows`);
  const unfinished = `${state}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  await commandCosts(unfinished, ['import', folder]);
  renameSync(unfinished, state);
  return state;
}

/** Imports one day after the other on a copy of a state folder. */
async function updateDays(state: string, days: readonly string[]): Promise<readonly CommandCosts[]> {
  const place = mkdtempSync(join(tmpdir(), 'day-trade-bench-'));
  try {
    cpSync(state, join(place, 'state'), { recursive: true });
    const costs: CommandCosts[] = [];
    for (const day of days) costs.push(await commandCosts(join(place, 'state'), ['import', day, '--json']));
    return costs;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
