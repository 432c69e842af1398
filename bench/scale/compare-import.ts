import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchResultSchema } from '@daytrade/contracts';
import { answerOf, startPython } from '../harness/child.ts';
import { type CommandCosts, commandCosts } from '../harness/command-costs.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { makeBarFolder } from './bar-folder.ts';
import { exchangeRules } from './exchange-rules.ts';
import { compareMemory, type ScaleSizes, shapeOf } from './scale-sizes.ts';

/** The costs of pandas, and the rows that it kept. */
interface PeerAnswer {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly kept: number;
}

/** Compares the import of a folder of CSV files with pandas. */
export async function compareImport(context: SuiteContext, sizes: ScaleSizes): Promise<readonly Comparison[]> {
  const folder = makeBarFolder(context.cache, sizes).history;
  const shape = shapeOf(sizes);
  const ours: CommandCosts[] = [];
  const peers: PeerAnswer[] = [];
  mkdirSync(join(context.cache, 'scale'), { recursive: true });
  const task = { folder, rules: exchangeRules(), output: join(context.cache, 'scale', 'pandas.parquet') };
  for (let round = 0; round < sizes.rounds; round += 1) {
    context.progress(`import of ${shape}, round ${round + 1} of ${sizes.rounds}`);
    ours.push(await importOnce(folder));
    context.progress('the same by pandas');
    peers.push((await answerOf(startPython(context.python, 'scale.py', task))) as PeerAnswer);
  }
  const result = fetchResultSchema.parse(JSON.parse(ours[0]!.output));
  const own = Math.min(...ours.map(({ cpuSeconds }) => cpuSeconds));
  const other = Math.min(...peers.map(({ cpuSeconds }) => cpuSeconds));
  return [
    compare({
      name: `import of ${shape}, processor time against pandas`,
      unit: 'CPU s',
      ours: own,
      peer: { name: 'pandas', value: other },
      figure: own / other,
      kind: 'ratio',
      bar: { sense: 'at most', must: 3 },
      note:
        `${result.rowsRead.toLocaleString('en')} rows; kept ${result.barsAdded.toLocaleString('en')}, pandas ` +
        `${peers[0]!.kept.toLocaleString('en')}; peak ${Math.round(peers[0]!.peakMegabytes)} MB of pandas; ours ` +
        `${ours[0]!.seconds.toFixed(1)} s by the clock; fastest of ${sizes.rounds}`,
    }),
    compareMemory(`import of ${shape}`, ours),
  ];
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
