import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandCosts, commandCosts } from '../harness/command-costs.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { makeBarFolder } from './bar-folder.ts';
import { peerFile } from './compare-import.ts';
import { exchangeRules } from './exchange-rules.ts';
import { compareMemory, compareTwice } from './figures.ts';
import { importedState } from './imported-state.ts';
import { askPeer, peerLibraries } from './peers.ts';
import { mostUpdateSeconds, scaleBars } from './scale-bars.ts';
import { halved, type ScaleSizes, shapeOf } from './scale-sizes.ts';

/** One day more of all symbols, in one file: seconds, memory, twice the symbols, and the peers for comparison. */
export async function compareUpdate(context: SuiteContext, sizes: ScaleSizes): Promise<readonly Comparison[]> {
  const folder = makeBarFolder(context.cache, sizes);
  const half = await updateDays(await importedState(context, halved(sizes), folder.half), folder.halfDays);
  context.progress(`update of ${shapeOf(sizes)}`);
  const ours = await updateDays(await importedState(context, sizes, folder.history), folder.days);
  const fastest = Math.min(...ours.map(({ seconds }) => seconds));
  const own = Math.min(...ours.map(({ cpuSeconds }) => cpuSeconds));
  const name = `update of a day of ${shapeOf(sizes)}`;
  return [
    compare({
      name,
      unit: `of ${mostUpdateSeconds} s`,
      figure: (100 * fastest) / mostUpdateSeconds,
      kind: 'share',
      bar: scaleBars.update,
      note:
        `${fastest.toFixed(1)} s by the clock, ${own.toFixed(1)} s of the processor; the command with its start; ` +
        `fastest of ${ours.length} days`,
    }),
    ...(await comparePeers(context, sizes, folder.days[0]!, own)),
    compareMemory(name, ours),
    compareTwice(name, own, Math.min(...half.map(({ cpuSeconds }) => cpuSeconds))),
  ];
}

async function comparePeers(
  context: SuiteContext,
  sizes: ScaleSizes,
  day: string,
  own: number,
): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  const file = join(day, 'all.csv');
  for (const library of peerLibraries) {
    const stored = peerFile(context, sizes, library);
    // Written by the import; a run of this part alone makes it first.
    const rules = exchangeRules();
    const { history } = makeBarFolder(context.cache, sizes);
    if (!existsSync(stored))
      await askPeer(context.python, library, { kind: 'import', folder: history, rules, output: stored });
    context.progress(`the same by ${library}`);
    const output = `${stored}.updated`;
    const { cpuSeconds, kept } = await askPeer(context.python, library, {
      kind: 'update',
      stored,
      file,
      rules,
      output,
    });
    rmSync(output);
    comparisons.push(
      compare({
        name: `update of a day, beside ${library}`,
        unit: 'CPU s',
        ours: own,
        peer: { name: library, value: cpuSeconds },
        figure: own / cpuSeconds,
        kind: 'ratio',
        note: `${library} writes its one file of all bars anew; it kept ${kept.toLocaleString('en')} rows of the day`,
      }),
    );
  }
  return comparisons;
}

/** One day after the other on a copy of a state folder. */
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
