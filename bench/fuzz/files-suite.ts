import { compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { type FuzzedFiles, fuzzFiles } from './files.ts';

const seed = 20_261_127;

/**
 * Changed files of every kind that the platform reads: none may crash it, hang, or fail as a bug, and memory stays
 * bounded.
 */
export async function fuzzAllFiles({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const count = quick ? 300 : 10_000;
  const results = await fuzzFiles(count, seed, progress);
  for (const fault of results.flatMap(({ faults }) => faults).slice(0, 20)) progress(fault);
  return {
    comparisons: results.map((result) =>
      compare({
        name: `${result.kind}: crashes, hangs, errors without a code`,
        unit: 'of all files',
        figure: result.faults.length / count,
        kind: 'share',
        bar: { sense: 'at most', must: 0 },
        note: `${count} files, ${result.refused} refused, ${result.taken} read`,
      }),
    ),
    tables: [
      {
        title: 'Time and memory',
        header: ['file', 'longest read', 'memory before', 'memory at its most'],
        rows: results.map(rowOf),
      },
    ],
    notes: [
      `Seed ${seed}; one to four changes a file: bits, bytes, slices left out or repeated, texts that readers ` +
        'stumble at.',
    ],
    skipped: [],
  };
}

function rowOf({ kind, longestMilliseconds, memory }: FuzzedFiles): string[] {
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  return [kind, `${longestMilliseconds.toFixed(0)} ms`, mebibytes(memory.before), mebibytes(memory.most)];
}
