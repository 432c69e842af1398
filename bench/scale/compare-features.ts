import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { featureDefinitions, type NoisePanelOptions } from '@daytrade/series';
import { writePanel } from '../features/panel-file.ts';
import type { BatchResult } from '../features/tasks.ts';
import { answerOf, startNode, startPython } from '../harness/child.ts';
import { interleave } from '../harness/interleave.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { compareTwice } from './figures.ts';
import { scaleBars } from './scale-bars.ts';
import { halved, type ScaleSizes, shapeOf } from './scale-sizes.ts';

const oursProgram = join(import.meta.dirname, '..', 'features', 'ours.ts');
/** Of the two forms in which pandas computes the columns, the faster one needs a bar in every session. */
const peers = ['pandas-symbols', 'pandas-wide'] as const;

/** The features of all sessions of all symbols into one matrix, by the programs of the suite `features`. */
export async function compareFeatures(context: SuiteContext, sizes: ScaleSizes): Promise<readonly Comparison[]> {
  const shape = shapeOf(sizes);
  const panel = panelOptions(sizes);
  const file = writePanel(join(context.cache, 'scale', 'panel.f64'), panel);
  try {
    const comparisons: Comparison[] = [];
    let own = Number.POSITIVE_INFINITY;
    for (const library of peers) {
      context.progress(`features of ${shape} beside ${library}`);
      const names = await namesOf(context, library);
      const asked = { library, panel: file, names, repeats: 1 };
      const found = await interleave<BatchResult>(
        sizes.rounds,
        () => startNode(oursProgram, { kind: 'batch', panel, names, repeats: 1 }),
        () => startPython(context.python, 'features.py', asked),
      );
      const [ours, peer] = [fastest(found.ours), fastest(found.peer)];
      own = Math.min(own, ours);
      comparisons.push(
        compare({
          name: `features of ${shape}, speed against ${library}`,
          unit: 'CPU s',
          ours,
          peer: { name: library, value: peer },
          figure: peer / ours,
          kind: 'ratio',
          bar: scaleBars.features,
          note: `the same ${names.length} columns; fastest of ${sizes.rounds}`,
        }),
      );
    }
    const task = {
      kind: 'batch',
      panel: panelOptions(halved(sizes)),
      names: await namesOf(context, peers[0]),
      repeats: 1,
    };
    const half = (await answerOf(startNode(oursProgram, task))) as BatchResult;
    return [...comparisons, compareTwice(`features of ${shape}`, own, half.cpuSeconds)];
  } finally {
    rmSync(file.path, { force: true });
  }
}

/** The columns that pandas can compute, found on a small panel. */
async function namesOf(context: SuiteContext, library: (typeof peers)[number]): Promise<readonly string[]> {
  const panel = writePanel(
    join(context.cache, 'scale', 'small-panel.f64'),
    panelOptions({ symbols: 4, sessions: 300 }),
  );
  const output = join(context.cache, 'scale', 'small-columns.f64');
  const asked = { library, panel, names: featureDefinitions.map(({ name }) => name), repeats: 1, output };
  return ((await answerOf(startPython(context.python, 'features.py', asked))) as BatchResult).names;
}

function panelOptions({ symbols, sessions }: Pick<ScaleSizes, 'symbols' | 'sessions'>): NoisePanelOptions {
  return { symbolCount: symbols, sessionCount: sessions, seed: 1, missingShare: 0 };
}

function fastest(results: readonly BatchResult[]): number {
  return Math.min(...results.map(({ cpuSeconds }) => cpuSeconds));
}
