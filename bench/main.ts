import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './harness/machine.ts';
import { cache, repository } from './harness/paths.ts';
import { ensurePackages } from './harness/python-environment.ts';
import type { SuiteResult } from './harness/result.ts';
import type { Suite } from './harness/suite.ts';
import { performancePage, terminalText } from './harness/tables.ts';

const page = join(repository, 'docs', 'performance.md');

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
    load: async () => (await import('./intraday/intraday-suite.ts')).measureIntraday,
  },
  {
    name: 'direction',
    title: 'Direction',
    onlyByName: true,
    load: async () => (await import('./direction/direction-suite.ts')).measureDirection,
  },
  { name: 'serving', title: 'Serving', load: async () => (await import('./serving/serving-suite.ts')).measureServing },
  {
    name: 'features',
    title: 'Features',
    load: async () => (await import('./features/features-suite.ts')).measureFeatures,
  },
  {
    name: 'backtest',
    title: 'Backtest',
    onlyByName: true,
    load: async () => (await import('./backtest/backtest-suite.ts')).measureBacktest,
  },
  {
    name: 'scale',
    title: 'Scale',
    onlyByName: true,
    load: async () => (await import('./scale/scale-suite.ts')).measureScale,
  },
];

const names = suites.map(({ name }) => `[${name}]`).join(' ');
const usage = `usage: node bench/main.ts ${names} [--quick]

Measures the suites named, or all but direction, backtest and scale, and writes their sections of
docs/performance.md.
  --quick      small sizes, to see that everything runs; writes nothing`;

async function measure(suite: Suite, quick: boolean): Promise<SuiteResult> {
  const progress = (message: string) => console.error(`bench: ${suite.name}: ${message}`);
  const machine = describeMachine();
  const started = performance.now();
  const run = await suite.load();
  const findings = await run({
    quick,
    get python() {
      return ensurePackages(progress);
    },
    cache,
    progress,
  });
  const wallSeconds = (performance.now() - started) / 1000;
  return {
    quick,
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
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const unknown = positionals.find((name) => suites.every((suite) => suite.name !== name));
  if (unknown !== undefined) throw new Error(`no suite "${unknown}"\n${usage}`);
  const chosen = suites.filter(({ name, onlyByName }) =>
    positionals.length === 0 ? onlyByName !== true : positionals.includes(name),
  );
  for (const suite of chosen) {
    const result = await measure(suite, values.quick).catch((error: unknown) => complain(suite.name, error));
    if (result === undefined) continue;
    console.log(`\n${terminalText(suite.title, result)}`);
    // Written after each suite, so that a later failure loses nothing.
    if (!values.quick) writeFileSync(page, performancePage(readFileSync(page, 'utf8'), suites, suite, result));
  }
}

/** Says what went wrong; the other suites are measured all the same. */
function complain(where: string, error: unknown): undefined {
  console.error(`bench: ${where}: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

await main().catch((error: unknown) => complain('main', error));
