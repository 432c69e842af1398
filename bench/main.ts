import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './harness/machine.ts';
import { cache, repository } from './harness/paths.ts';
import { performancePage } from './harness/performance-page.ts';
import { terminalText } from './harness/print-result.ts';
import { ensurePeers } from './harness/python-environment.ts';
import type { SuiteResult } from './harness/result.ts';
import { keepResults } from './harness/results-file.ts';
import type { Suite, SuiteContext } from './harness/suite.ts';

const suites: readonly Suite[] = [
  {
    name: 'learners',
    title: 'Learners',
    load: async () => (await import('./learners/learners-suite.ts')).measureLearners,
  },
  {
    name: 'ensemble',
    title: 'Ensemble',
    load: async () => (await import('./ensemble/ensemble-suite.ts')).measureEnsemble,
  },
  {
    name: 'intraday',
    title: 'Within the day',
    withoutPeers: true,
    load: async () => (await import('./intraday/intraday-suite.ts')).measureIntraday,
  },
  {
    name: 'hard-days',
    title: 'Intervals on hard days',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./ensemble/hard-days-suite.ts')).measureHardDays,
  },
  {
    name: 'direction',
    title: 'Direction',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./direction/direction-suite.ts')).measureDirection,
  },
  { name: 'serving', title: 'Serving', load: async () => (await import('./serving/serving-suite.ts')).measureServing },
  {
    name: 'features',
    title: 'Features',
    load: async () => (await import('./features/features-suite.ts')).measureFeatures,
  },
  { name: 'memory', title: 'Memory', load: async () => (await import('./memory/memory-suite.ts')).measureMemory },
  {
    name: 'backtest',
    title: 'Backtest',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./backtest/backtest-suite.ts')).measureBacktest,
  },
  {
    name: 'paper',
    title: 'Paper trading',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./paper/paper-suite.ts')).measurePaper,
  },
  {
    name: 'restore',
    title: 'Restore',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./restore/restore-suite.ts')).measureRestore,
  },
  {
    name: 'fuzz-files',
    title: 'Changed files',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./fuzz/files-suite.ts')).fuzzAllFiles,
  },
  {
    name: 'fuzz-requests',
    title: 'Random requests',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./fuzz/requests-suite.ts')).fuzzRequests,
  },
  {
    name: 'schedule',
    title: 'Schedule',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./schedule/schedule-suite.ts')).simulateSchedules,
  },
  {
    name: 'workers',
    title: 'Workers',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./workers/workers-suite.ts')).measureWorkers,
  },
  {
    name: 'scale',
    title: 'Scale',
    onlyByName: true,
    load: async () => (await import('./scale/scale-suite.ts')).measureScale,
  },
  {
    name: 'week',
    title: 'A simulated week',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./week/week-suite.ts')).simulateWeek,
  },
  {
    name: 'first-morning',
    title: 'A first morning',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./first-morning/first-morning-suite.ts')).measureFirstMorning,
  },
  {
    name: 'canary',
    title: 'Judge of a canary',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./canary/canary-suite.ts')).judgeReleases,
  },
  {
    name: 'canary-cluster',
    title: 'Canaries on a cluster',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./canary-cluster/canary-cluster-suite.ts')).releaseOnCluster,
  },
  {
    name: 'azure-cluster',
    title: 'Commands of Azure on a cluster',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./azure-cluster/azure-cluster-suite.ts')).typeReadme,
  },
  {
    name: 'aws-cluster',
    title: 'Values for AWS on a cluster',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./aws-cluster/aws-cluster-suite.ts')).installForAws,
  },
  {
    name: 'workflows',
    title: 'The workflow of deployments',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./workflows/workflows-suite.ts')).runWorkflows,
  },
  {
    name: 'blue-green',
    title: 'Two slots behind a gateway',
    onlyByName: true,
    withoutPeers: true,
    load: async () => (await import('./blue-green/blue-green-suite.ts')).switchSlots,
  },
  {
    name: 'kubernetes',
    title: 'Kubernetes',
    onlyByName: true,
    load: async () => (await import('./kubernetes/kubernetes-suite.ts')).measureKubernetes,
  },
];

const names = suites.map(({ name }) => `[${name}]`).join(' ');
const usage = `usage: node bench/main.ts ${names} [--quick] [--seeds A-B] [--json]

Measures the suites named, or all but hard-days, direction, backtest, paper, the two of fuzz, schedule, workers,
scale, week, first-morning, canary, blue-green, canary-cluster, azure-cluster, aws-cluster, workflows and kubernetes
(the last five need a cluster), and writes bench/results.json and docs/performance.md.
  --quick      small sizes, to see that everything runs; writes nothing
  --seeds A-B  only these seeds of schedule, such as one that failed; writes nothing
  --json       prints the results as JSON`;

type Part = Pick<SuiteContext, 'quick' | 'seeds'>;

async function measure(suite: Suite, part: Part): Promise<SuiteResult> {
  const progress = (message: string) => console.error(`bench: ${suite.name}: ${message}`);
  const machine = describeMachine(suite.withoutPeers === true ? undefined : ensurePeers(progress));
  const started = performance.now();
  const run = await suite.load();
  const findings = await run({
    ...part,
    get python() {
      return ensurePeers(progress);
    },
    cache,
    progress,
  });
  const wallSeconds = (performance.now() - started) / 1000;
  return {
    suite: suite.name,
    quick: part.quick,
    measuredAt: new Date().toISOString(),
    wallSeconds,
    machine,
    ...findings,
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      seeds: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const unknown = positionals.find((name) => suites.every((suite) => suite.name !== name));
  if (unknown !== undefined) throw new Error(`no suite "${unknown}"\n${usage}`);
  const chosen = suites.filter(({ name, onlyByName }) =>
    positionals.length === 0 ? onlyByName !== true : positionals.includes(name),
  );
  const seeds = values.seeds === undefined ? undefined : seedRange(values.seeds);
  const results: SuiteResult[] = [];
  for (const suite of chosen) {
    const result = await measure(suite, { quick: values.quick, seeds }).catch((error: unknown) =>
      complain(suite.name, error),
    );
    if (result === undefined) continue;
    results.push(result);
    if (!values.json) console.log(`\n${terminalText(suite.title, result)}`);
    // After each suite: what ends a later one takes nothing away.
    if (!values.quick && seeds === undefined) {
      writeFileSync(join(repository, 'docs', 'performance.md'), performancePage(suites, keepResults([result])));
    }
  }
  if (values.json) console.log(JSON.stringify({ suites: results }, undefined, 2));
}

function seedRange(text: string): readonly [number, number] {
  const match = /^([1-9]\d{0,8})-([1-9]\d{0,8})$/.exec(text);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  if (first <= last) return [first, last];
  throw new Error(`--seeds: expected two numbers such as 17-17, got ${JSON.stringify(text)}\n${usage}`);
}

/** Says what went wrong; the other suites are measured all the same. */
function complain(where: string, error: unknown): undefined {
  console.error(`bench: ${where}: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

await main().catch((error: unknown) => complain('main', error));
