import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'ci-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

// In the place of npm: each suite has one test, in one file. That of `platform` fails the first time, that of
// `kubernetes` always. `aws` lasts until that of `kubernetes` has begun. What was run is appended to a file, since
// suites run beside each other.
const npm = `#!${process.execPath}
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
const [verb, script = '', dashes, ...files] = process.argv.slice(2);
const suite = verb === 'test' ? 'unit' : script.replace('test:', '');
const passes = suite !== 'kubernetes' && (suite !== 'platform' || files.length > 0);
console.log('line 1 of ' + suite);
if (suite === 'kubernetes') writeFileSync('begun', '');
if (suite === 'aws') while (!existsSync('begun')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
setTimeout(() => {
  console.log('line 2 of ' + suite);
  appendFileSync('ran', [suite, ...files].join(' ') + '\\n');
  const status = passes ? 'passed' : 'failed';
  const test = { fullName: 'a test', status, duration: 5, failureMessages: ['Error: by chance'] };
  const file = { name: process.cwd() + '/' + suite + '.test.ts', status, startTime: 0, endTime: 5,
    assertionResults: [test] };
  mkdirSync('.cache/test-results', { recursive: true });
  writeFileSync('.cache/test-results/' + suite + '.json', JSON.stringify({ testResults: [file] }));
  process.exit(passes ? 0 : 1);
}, 50);
`;

// In the place of chrt, since on a busy machine what is idle would not end: it notes what is to be idle.
const chrt = `#!/bin/sh
echo "$*" >> idle
case "$*" in *--pid*) ;; *) shift 2 && exec "$@" ;; esac
`;

it('continuous integration runs every suite, keeps the output of each together, and ends with the sum', {
  tags: ['long'],
}, () => {
  cpSync(join(root, '.ci'), join(folder, '.ci'), { recursive: true });
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  for (const [name, text] of Object.entries({ npm, chromium: npm, chrt })) {
    writeFileSync(join(programs, name), text);
    chmodSync(join(programs, name), 0o755);
  }
  const { status, stdout } = spawnSync('bash', [join(folder, '.ci', 'run')], {
    encoding: 'utf8',
    env: { ...process.env, PATH: [programs, dirname(process.execPath), process.env.PATH].join(delimiter) },
  });
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  // The rehearsal takes an hour.
  const tests = Object.keys(scripts).filter((name) => name !== 'test:rehearsal');
  const suites = ['unit', 'lint', ...tests.flatMap((name) => name.split('test:')[1] ?? [])];
  const ran = readFileSync(join(folder, 'ran'), 'utf8').trimEnd().split('\n');
  expect(ran.toSorted()).toEqual(
    [...suites, 'images', 'kubernetes kubernetes.test.ts', 'platform platform.test.ts'].toSorted(),
  );
  const patient = ['docker', 'chart', 'workflows', 'monitoring'];
  const alone = ran.filter((name) => !['azure', 'aws', ...patient].includes(name));
  expect([...alone.slice(0, 2), ...alone.slice(-2)]).toEqual([
    'unit',
    'lint',
    'kubernetes',
    'kubernetes kubernetes.test.ts',
  ]);
  const idle = readFileSync(join(folder, 'idle'), 'utf8').trimEnd().split('\n');
  expect(idle[0]).toMatch(/^--idle --all-tasks --pid 0 \d+$/);
  const beside = idle.flatMap((line) => /^--idle 0 timeout .* npm run test:(\w+)$/.exec(line)?.[1] ?? []);
  expect(beside.toSorted()).toEqual(patient.toSorted());
  for (const name of suites) expect(stdout).toContain(`line 1 of ${name}\nline 2 of ${name}\n`);

  const times = stdout.slice(stdout.indexOf('=== how long each suite took'));
  for (const name of suites) expect(times).toMatch(new RegExp(`^ +\\d+ s, +\\d+ s of a processor, .*: ${name}$`, 'm'));
  const end = stdout.slice(stdout.indexOf('=== the slowest tests'));
  expect(end).toContain('=== platform ended with 1\nplatform.test.ts\n  a test\n    Error: by chance');
  expect(end).toContain('=== platform once more: ended with 0\n');
  expect(end).toContain('=== kubernetes once more: ended with 1\n');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(`${suites.length - 1} passed, 1 failed, 0 skipped`);
  expect(status).toBe(1);
});
