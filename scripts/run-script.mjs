// Runs an npm script, or one TypeScript file by its path from the root, by the Node.js that the platform needs. Called
// by run.mjs, as `node scripts/run.mjs scripts/write-reference-pages.ts`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

const tool = (name, path) => [join(root, 'node_modules', name, path)];
const biome = tool('@biomejs/biome', 'bin/biome');
const oxlint = tool('oxlint', 'bin/oxlint');
const kernels = 'packages/*/kernel/**';
const asc = [join(root, 'scripts', 'compiler', 'node_modules', 'assemblyscript', 'bin', 'asc.js')];
const vitest = tool('vitest', 'vitest.mjs');
const results = join(root, '.cache', 'test-results');
const report = (suite) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${join(results, `${suite}.json`)}`,
];
/** A suite is a folder of tests/ with a vitest configuration, run by the script of its name; `unit` is `npm test`. */
const configuration = (suite) => join(root, 'tests', suite, 'vitest.config.ts');
const suites = readdirSync(join(root, 'tests')).filter((name) => existsSync(configuration(name)));

/** The tests beside the sources are of two suites, by their tag. */
const filter = (suite) => ({ unit: ['--tags-filter=!long'], long: ['--tags-filter=long'] })[suite] ?? [];

/**
 * Each script is a list of steps; a step is [title, ...arguments of node], or several of them that run side by side. A
 * failing step ends the script.
 */
const scripts = {
  start: [['', 'apps/cli/src/main.ts', 'up']],
  daytrade: [['', 'apps/cli/src/main.ts']],
  lint: [
    [
      ['format and lint', ...biome, 'check', '--error-on-warnings', '.'],
      // One program for both: on a clone without build information the types are read once instead of twice.
      ['types and lint', ...oxlint, '--type-check', '--type-aware', '--deny-warnings', '--ignore-pattern', kernels],
      ['unused files, exports and dependencies', ...tool('knip', 'bin/knip.js')],
      // AssemblyScript, whose types are not TypeScript's.
      ['lint of the kernels', ...oxlint, '--deny-warnings', 'packages/series/kernel', 'packages/learners/kernel'],
    ],
  ],
  ...Object.fromEntries(
    suites.map((name) => [
      name === 'unit' ? 'test' : `test:${name}`,
      [[`${name} tests`, ...vitest, 'run', '--config', configuration(name), ...filter(name), ...report(name)]],
    ]),
  ),
  'build:kernels': ['series', 'learners'].map((name) => [
    `kernel of ${name}`,
    ...asc,
    '--config',
    `packages/${name}/kernel/asconfig.json`,
  ]),
  images: [['images', 'scripts/pack-images.ts']],
  bench: [['benchmarks', 'bench/main.ts']],
  format: [['format', ...biome, 'check', '--write', '.']],
};

const [name, ...rest] = process.argv.slice(2);
const steps = scripts[name] ?? (name?.endsWith('.ts') ? [['', name]] : undefined);
if (!steps) {
  console.error(`usage: node scripts/run.mjs ${Object.keys(scripts).join(' | ')} | FILE.ts`);
  process.exit(2);
}

/** What scripts need; all others need developers' tools. */
const levels = { start: 'platform', daytrade: 'platform', 'build:kernels': 'compiler' };
// Continuous integration compares the kernels with their sources.
const level = name === 'test:long' && process.env.CI ? 'compiler' : (levels[name] ?? 'developer');
const node = await ensureInstalled(level);
mkdirSync(results, { recursive: true });
const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
// Tests start hundreds of threads and processes: each module is compiled once for all of them.
if (['test', 'test:long'].includes(name)) environment.NODE_COMPILE_CACHE ??= join(root, '.cache', 'compiled');

if (name === 'start' || name === 'daytrade' || name.endsWith('.ts')) runInPlace(steps[0].slice(1));
else await runSteps();

/** Runs the command line in the caller's terminal and folder; signals reach it through the terminal or from here. */
function runInPlace([script, ...args]) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...args, ...rest], {
    stdio: 'inherit',
    // `npm start` was called in the clone, where the command line is ./daytrade.
    env: { CALLED_AS: './daytrade', ...environment },
  });
  // With a terminal, Ctrl-C goes to the whole group: the child decides, the parent waits for it.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

async function runSteps() {
  for (const step of steps) {
    const beside = Array.isArray(step[0]) ? step : [step];
    const last = step === steps.at(-1);
    const codes = await Promise.all(beside.map((one) => run(one, { last, alone: beside.length === 1 })));
    const failed = codes.find((code) => code !== 0);
    if (failed !== undefined) process.exit(failed);
  }
}

/** Runs a step and gives back its exit code. What it writes is shown when it ends, if others run beside it. */
async function run([title, ...args], { last, alone }) {
  const started = Date.now();
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args, ...(last ? rest : [])], {
    cwd: root,
    stdio: alone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: environment,
  });
  const written = [];
  child.stdout?.on('data', (chunk) => written.push(chunk));
  child.stderr?.on('data', (chunk) => written.push(chunk));
  const code = await new Promise((resolve) => child.once('error', () => resolve(1)).once('close', resolve));
  process.stderr.write(Buffer.concat(written));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.error(`day-trade: ${title} ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  return code ?? 1;
}
