import { availableParallelism } from 'node:os';
import { type TasksOf, WorkerPool } from '@daytrade/jobs/workers';
import { compare, type PlainTable, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { KeptSeeds } from './kept-seeds.ts';
import { failuresPerYear, from, outagesPerYear, type SimulatedSeed, seedsPerWhole, to } from './simulate-seed.ts';

type Tasks = TasksOf<typeof import('./simulate-seed.ts')>;

const nothing = { sense: 'at most', must: 0 } as const;

/** Two schedulers over eight years of the exchange's calendar, crashing and cut off: what ran, and how often. */
export async function simulateSchedules({ quick, seeds, cache, progress }: SuiteContext): Promise<SuiteFindings> {
  const [first, last] = seeds ?? [1, quick ? 4 : 1_000];
  const kept = quick || seeds !== undefined ? undefined : new KeptSeeds(cache);
  const before = kept?.count ?? 0;
  const found = await simulateSeeds(first, last, kept, progress);
  const sum = (pick: (seed: SimulatedSeed) => number, of = found) => of.reduce((total, one) => total + pick(one), 0);
  const due = sum((one) => one.due);
  const ofAll = found.filter(({ policy }) => policy === 'run-all');
  const share = (name: string, count: number, of: number, note: string) =>
    compare({
      name,
      unit: 'of all due times',
      figure: (100 * count) / Math.max(1, of),
      kind: 'share',
      bar: nothing,
      note,
    });
  return {
    comparisons: [
      share(
        'Due times that were lost',
        sum((one) => one.lost),
        due,
        `${found.length} seeds, ${due} due times of the calendar`,
      ),
      share(
        'Due times without a run, where all are run',
        sum((one) => one.due - one.ran, ofAll),
        sum((one) => one.due, ofAll),
        `${sum((one) => one.ran, ofAll)} ran in ${ofAll.length} seeds`,
      ),
      share(
        'Effects beyond the first of a due time',
        sum((one) => one.duplicates),
        due,
        `${sum((one) => one.ran)} ran`,
      ),
      share(
        'Entries that are not as their misfire policy is documented',
        sum((one) => one.breaches),
        due,
        `${sum((one) => one.leftOut)} due times left out`,
      ),
    ],
    tables: [whatHappened(found), ...wrongSeeds(found)],
    notes: [
      `The default jobs from ${from} to ${to}, on a simulated clock and a ledger in memory; two ` +
        `schedulers, each with ${failuresPerYear} failures a year, most of them in the middle of a ` +
        `call, before or after the ledger has it, and ${outagesPerYear} outages a year that end both. A third of the ` +
        'seeds runs all that was missed, a third the newest, a third skips it. ' +
        `One seed in ${seedsPerWhole} has the steps of the default jobs in market hours, the others update and ` +
        'predict every 150 minutes.',
      ...(before > 0 ? [`${before} of the seeds were simulated by an earlier run of the same code.`] : []),
    ],
    skipped: [],
  };
}

/** Each seed on a thread, as many at a time as there are processors. */
async function simulateSeeds(
  first: number,
  last: number,
  kept: KeptSeeds | undefined,
  progress: SuiteContext['progress'],
): Promise<readonly SimulatedSeed[]> {
  const pool = new WorkerPool<Pick<Tasks, 'simulateSeed'>>({
    size: availableParallelism(),
    module: new URL('./simulate-seed.ts', import.meta.url),
  });
  const count = last - first + 1;
  let done = 0;
  try {
    return await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const before = kept?.of(first + index);
        const seed = before ?? (await pool.run('simulateSeed', first + index));
        if (before === undefined) kept?.keep(seed);
        done += 1;
        if (whatIsWrong(seed) !== undefined) progress(`seed ${seed.seed}, ${seed.policy}: ${whatIsWrong(seed)}`);
        if (done % 10 === 0) progress(`${done} of ${count} seeds`);
        return seed;
      }),
    );
  } finally {
    await pool.close();
  }
}

function whatHappened(found: readonly SimulatedSeed[]): PlainTable {
  const counted = ['crashes', 'partitions', 'outages', 'due', 'ran', 'leftOut'] as const;
  const policies = [...new Set(found.map(({ policy }) => policy))];
  return {
    title: 'What the schedulers went through',
    header: ['policy', 'seeds', 'crashes', 'partitions', 'outages', 'due', 'ran', 'left out'],
    rows: policies.map((policy) => {
      const of = found.filter((one) => one.policy === policy);
      const sums = counted.map((name) => of.reduce((total, one) => total + one[name], 0));
      return [policy, ...[of.length, ...sums].map(String)];
    }),
  };
}

/** The seeds to go through again with `--seeds`. */
function wrongSeeds(found: readonly SimulatedSeed[]): readonly PlainTable[] {
  const rows = found.flatMap((one) => {
    const wrong = whatIsWrong(one);
    return wrong === undefined ? [] : [[String(one.seed), one.policy, wrong]];
  });
  return rows.length === 0 ? [] : [{ title: 'Seeds that failed', header: ['seed', 'policy', 'what'], rows }];
}

function whatIsWrong(one: SimulatedSeed): string | undefined {
  const { policy, due, ran, lost, duplicates, breaches, firstBreach } = one;
  const notRun = policy === 'run-all' && ran < due ? due - ran : 0;
  if (lost + duplicates + breaches + notRun === 0) return undefined;
  const counts = `${lost} lost, ${notRun} not run, ${duplicates} doubled, ${breaches} against the policy`;
  return firstBreach === undefined ? counts : `${counts}, first: ${firstBreach}`;
}
