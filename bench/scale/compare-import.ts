import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchResultSchema } from '@daytrade/contracts';
import { type CommandCosts, commandCosts } from '../harness/command-costs.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { makeBarFolder } from './bar-folder.ts';
import { exchangeRules } from './exchange-rules.ts';
import { compareMemory, compareTwice } from './figures.ts';
import { askPeer, type PeerAnswer, type PeerLibrary, peerLibraries } from './peers.ts';
import { scaleBars } from './scale-bars.ts';
import { type ScaleSizes, shapeOf } from './scale-sizes.ts';

/** The import of a folder of CSV files: speed beside the peers, memory, and twice the symbols. */
export async function compareImport(context: SuiteContext, sizes: ScaleSizes): Promise<readonly Comparison[]> {
  const folder = makeBarFolder(context.cache, sizes);
  const shape = shapeOf(sizes);
  const ours: CommandCosts[] = [];
  const half: CommandCosts[] = [];
  const peers = new Map<PeerLibrary, PeerAnswer[]>(peerLibraries.map((library) => [library, []]));
  for (let round = 0; round < sizes.rounds; round += 1) {
    context.progress(`import of ${shape}, round ${round + 1} of ${sizes.rounds}`);
    half.push(await importOnce(folder.half));
    ours.push(await importOnce(folder.history));
    for (const library of peerLibraries) {
      context.progress(`the same by ${library}`);
      const output = peerFile(context, sizes, library);
      const task = { kind: 'import', folder: folder.history, rules: exchangeRules(), output } as const;
      peers.get(library)!.push(await askPeer(context.python, library, task));
    }
  }
  const result = fetchResultSchema.parse(JSON.parse(ours[0]!.output));
  const rows = `${result.rowsRead.toLocaleString('en')} rows`;
  const own = Math.min(...ours.map(({ cpuSeconds }) => cpuSeconds));
  const comparisons = [...peers].map(([library, answers]) => {
    const seconds = Math.min(...answers.map(({ cpuSeconds }) => cpuSeconds));
    return compare({
      name: `import of ${shape}, speed against ${library}`,
      unit: 'CPU s',
      ours: own,
      peer: { name: library, value: seconds },
      figure: seconds / own,
      kind: 'ratio',
      ...(library === 'pandas' ? { bar: scaleBars.import } : {}),
      note:
        `${rows}; kept ${result.barsAdded.toLocaleString('en')}, ` +
        `${library} ${answers[0]!.kept.toLocaleString('en')}; ` +
        `peak ${Math.round(answers[0]!.peakMegabytes).toLocaleString('en')} MB of ${library}; ` +
        `ours ${ours[0]!.seconds.toFixed(1)} s by the clock; fastest of ${sizes.rounds}`,
    });
  });
  const halfSeconds = Math.min(...half.map(({ cpuSeconds }) => cpuSeconds));
  return [
    ...comparisons,
    compareMemory(`import of ${shape}`, ours),
    compareTwice(`import of ${shape}`, own, halfSeconds),
  ];
}

/** The file that a peer imports into and updates. */
export function peerFile({ cache }: SuiteContext, { symbols, sessions }: ScaleSizes, library: PeerLibrary): string {
  mkdirSync(join(cache, 'scale'), { recursive: true });
  return join(cache, 'scale', `${library}-${symbols}-${sessions}.parquet`);
}

/** Imports into a new state folder, which is removed. */
async function importOnce(folder: string): Promise<CommandCosts> {
  const place = mkdtempSync(join(tmpdir(), 'day-trade-bench-'));
  try {
    return await commandCosts(join(place, 'state'), ['import', folder, '--json']);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
