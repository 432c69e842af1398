import { defaultJobs, type ScheduledJob } from '@daytrade/jobs';
import { type SimulatedSchedule, simulateSchedule } from '@daytrade/jobs/testing';
import { parseTradeDate } from '@daytrade/market';
import { compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

const from = parseTradeDate('2019-01-01');
const to = parseTradeDate('2026-12-31');
const failuresPerYear = 24;
/** How the jobs of a seed make up for what was missed: one after the other, half of the seeds each. */
const policies = ['run-all', 'run-once'] as const;

/** A seed in this many has the steps of the default jobs in market hours; the others longer ones, sooner done. */
const seedsPerWhole = 100;
const longerSteps: Readonly<Record<string, number>> = { 'data-update': 150, prediction: 150 };

function jobsOf(seed: number): readonly ScheduledJob[] {
  const misfirePolicy = policies[seed % policies.length]!;
  return defaultJobs.map((job) => {
    const everyMinutes = seed % seedsPerWhole === 1 ? undefined : longerSteps[job.name];
    const schedule = everyMinutes === undefined ? job.schedule : ({ type: 'market-hours', everyMinutes } as const);
    return { ...job, misfirePolicy, schedule };
  });
}

/** Two schedulers over eight years of the exchange's calendar, crashing and cut off: what ran, and how often. */
export async function simulateSchedules({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const seeds = quick ? 4 : 1_000;
  const found: SimulatedSchedule[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    found.push(await simulateSchedule({ seed, from, to, jobs: jobsOf(seed), failuresPerYear }));
    if (seed % 10 === 0) progress(`${seed} of ${seeds} seeds`);
  }
  const sum = (pick: (schedule: SimulatedSchedule) => number) => found.reduce((total, one) => total + pick(one), 0);
  const due = sum((one) => one.due);
  const nothing = { sense: 'at most', must: 0 } as const;
  const share = (name: string, count: number, note: string) =>
    compare({ name, unit: 'of all due times', figure: (100 * count) / due, kind: 'share', bar: nothing, note });
  return {
    comparisons: [
      share(
        'Due times that were lost',
        sum((one) => one.lost),
        `${seeds} seeds, ${due} due times of the calendar`,
      ),
      share(
        'Effects beyond the first of a due time',
        sum((one) => one.duplicates),
        `${sum((one) => one.ran)} ran`,
      ),
    ],
    tables: [
      {
        title: 'What the schedulers went through',
        header: ['seeds', 'crashes', 'partitions', 'due', 'ran', 'one of them ran for'],
        rows: [
          [
            seeds,
            sum((one) => one.crashes),
            sum((one) => one.partitions),
            due,
            sum((one) => one.ran),
            sum((one) => one.stoodFor),
          ].map(String),
        ],
      },
    ],
    notes: [
      `The default jobs from ${from} to ${to}, on a simulated clock and a ledger in memory; two ` +
        `schedulers, each with ${failuresPerYear} failures a year, most of them in the middle of a ` +
        'call, before or after the ledger has it. Half of the seeds run all that was missed, half the ' +
        `newest. One seed in ${seedsPerWhole} has the steps of the default jobs in market hours, the ` +
        `others update and predict every ${longerSteps.prediction} minutes.`,
    ],
    skipped: [],
  };
}
