import { stripVTControlCharacters } from 'node:util';
import { compare, type SuiteFindings } from '../harness/result.ts';
import { runScenarios } from '../harness/run-scenarios.ts';
import type { SuiteContext } from '../harness/suite.ts';

const notes = [
  'The same training on PostgreSQL and Redis, by one worker process and by two. Each computes with one thread, so ' +
    'that one of them leaves the second processor alone; by default a worker computes with a thread for each ' +
    'processor. From the request to the end of the run: one of them reads bars, judges in time order and registers ' +
    'the model.',
];

/** How much faster two worker processes train than one, to the same bytes. */
export async function measureWorkers({ progress }: SuiteContext): Promise<SuiteFindings> {
  const output = stripVTControlCharacters(
    await runScenarios('redis', ['tests/redis/workers-measured.test.ts'], { quick: false, progress }),
  );
  const seconds = (workers: string) => Number(new RegExp(`^figure: ${workers}: ([0-9.e+]+) s$`, 'm').exec(output)?.[1]);
  const [one, two] = [seconds('one worker'), seconds('two workers')];
  const figure = one / two;
  return {
    comparisons: [
      compare({
        name: 'A training by two workers in place of one',
        unit: 's',
        ours: two,
        peer: { name: 'one worker', value: one },
        figure,
        kind: 'ratio',
        bar: { sense: 'at least', must: 1.6 },
        note: /^figure: bars: (.*)$/m.exec(output)?.[1] ?? '',
      }),
    ],
    tables: [],
    notes,
    skipped: [],
  };
}
