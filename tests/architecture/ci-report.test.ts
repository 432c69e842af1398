import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'ci-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A report with one file for each name: of its tests, those with a message failed. */
function reportOf(name: string, files: Readonly<Record<string, readonly (string | undefined)[]>>): string {
  const testResults = Object.entries(files).map(([file, messages]) => ({
    name: join(root, file),
    status: messages.some((message) => message !== undefined) ? 'failed' : 'passed',
    message: '',
    assertionResults: messages.map((message, i) => ({
      fullName: `test ${i}`,
      status: message === undefined ? 'passed' : 'failed',
      failureMessages: message === undefined ? [] : [message],
    })),
  }));
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ testResults }));
  return path;
}

function report(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.ci/report.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout.trim();
}

it('the report of continuous integration counts tests, names files that failed, and says why', () => {
  const path = reportOf('mixed.json', { 'a.test.ts': [undefined, 'Error: too late'], 'b.test.ts': [undefined] });
  expect(report('counts', path)).toBe('2 1 0');
  expect(report('files', path)).toBe('a.test.ts');
  expect(report('failures', path)).toBe('a.test.ts\n  test 1\n    Error: too late');
});

it('a long test that was left to another suite is none that was skipped', () => {
  const test = (status: string, tags: readonly string[]) => ({ fullName: 'a test', status, tags });
  const of = (suite: string, others: readonly string[]) => {
    const assertionResults = [test('passed', []), test('skipped', others), test('skipped', [])];
    const path = join(folder, `${suite}.json`);
    writeFileSync(path, JSON.stringify({ testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults }] }));
    return path;
  };
  expect(report('counts', of('unit', ['long']))).toBe('1 0 1');
  expect(report('counts', of('long', ['long']))).toBe('1 0 1');
  expect(report('counts', of('platform', ['long']))).toBe('1 0 2');
});

it('what a repeated file finds takes the place of what it found first', () => {
  const first = reportOf('first.json', { 'a.test.ts': ['Error', undefined], 'b.test.ts': [undefined] });
  report('merge', first, reportOf('again.json', { 'a.test.ts': [undefined, undefined] }));
  expect(report('counts', first)).toBe('3 0 0');
});

it('a suite that left no whole report has passed nothing', () => {
  const path = join(folder, 'broken.json');
  writeFileSync(path, '{"testResults": [');
  expect(report('counts', path)).toBe('0 0 0');
  expect(report('failures', path)).toBe('it ended before it had written a report');
});

it('the slowest ten tests of all suites are named, with what a file does around its tests', () => {
  const timed = (name: string, endTime: number, durations: readonly number[]) => {
    const assertionResults = durations.map((duration, i) => ({ fullName: `test ${i}`, status: 'passed', duration }));
    const path = join(folder, `${name}.json`);
    const testResults = [{ name: join(root, `${name}.test.ts`), startTime: 0, endTime, assertionResults }];
    writeFileSync(path, JSON.stringify({ testResults }));
    return path;
  };
  const lines = report('slowest', timed('a', 9_000, [1_000, 2_000]), timed('b', 300, Array(20).fill(1))).split('\n');
  expect(lines).toHaveLength(10);
  expect(lines.slice(0, 4).map((line) => line.trim())).toEqual([
    '6.0 s  a.test.ts: before and after its tests',
    '2.0 s  a.test.ts: test 1',
    '1.0 s  a.test.ts: test 0',
    '0.3 s  b.test.ts: before and after its tests',
  ]);
});
