// Reads the JSON reports that the suites leave in .cache/test-results:
// `node .ci/report.mjs failed-files REPORT | merge REPORT REPEATED | summary LOGS SUITE...`
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const maxFailuresPerFile = 5;
const maxMessageLength = 2000;
const slowestTestCount = 10;
/** Exit code of timeout(1) when it ended the command. */
const timedOut = [124, 137];

const [verb, ...parameters] = process.argv.slice(2);
const verbs = { 'failed-files': printFailedFiles, merge, summary: printSummary };
if (!Object.hasOwn(verbs, verb) || parameters.length === 0) {
  console.error(`usage: node .ci/report.mjs ${Object.keys(verbs).join(' | ')} ...`);
  process.exit(2);
}
verbs[verb](...parameters);

/** The results of each test file. Empty where a suite ended before it wrote its report. */
function readResults(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return [];
  }
}

function readFailedFiles(report) {
  return readResults(report).filter(({ status }) => status !== 'passed');
}

function printFailedFiles(report) {
  for (const { name } of readFailedFiles(report)) console.log(relative(process.cwd(), name));
}

/** Adds to a repeated report the files that only the first one has, and writes the result in place of both. */
function merge(first, repeated) {
  const again = readResults(repeated);
  const names = new Set(again.map(({ name }) => name));
  const testResults = [...readResults(first).filter(({ name }) => !names.has(name)), ...again];
  writeFileSync(repeated, JSON.stringify({ testResults }));
}

/**
 * Prints how long each suite took, the slowest tests, what was repeated, every failure, and the sums. Exits with 1 if
 * anything failed.
 */
function printSummary(logs, ...suites) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const report = (suite) => join('.cache', 'test-results', `${suite}.json`);
  console.log('=== each suite');
  for (const suite of suites) {
    const [code, seconds] = readEnd(join(logs, `${suite}.ended`));
    const sums = countTests(report(suite));
    // A suite that exits with an error counts as failed, whatever its report says.
    if (code !== 0 && sums.failed === 0) sums.failed = 1;
    for (const state of Object.keys(totals)) totals[state] += sums[state];
    const line = `${suite}: ${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped`;
    console.log(`${String(seconds).padStart(6)} s  ${line}`);
    const first = report(`${suite}.first`);
    if (existsSync(first)) failures.push(`=== ${suite} was repeated after`, ...describeFailures(first));
    if (code !== 0) failures.push(`=== ${suite} ${describeEnd(code)}`, ...describeFailures(report(suite)));
  }
  console.log('=== the slowest tests');
  for (const { title, ms } of findSlowestTests(suites.map(report)))
    console.log(`${(ms / 1000).toFixed(1).padStart(6)} s  ${title}`);
  for (const line of failures) console.log(line);
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exit(totals.failed === 0 ? 0 : 1);
}

/** The exit code of a suite and the seconds that it took. */
function readEnd(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : [1, 0];
}

function describeEnd(code) {
  return timedOut.includes(code) ? 'outlasted its limit and was ended' : `ended with exit code ${code}`;
}

/**
 * Counts tests by their state. A file that could not be loaded counts as one failed test. A long test counts in the
 * suite `long` only, where `unit` skips it, and a short one in `unit` only.
 */
function countTests(report) {
  const suite = basename(report, '.json');
  const belongsElsewhere = ({ tags = [] }) => ({ long: !tags.includes('long'), unit: tags.includes('long') })[suite];
  const tests = readResults(report)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((test) => !(test.status === 'skipped' && belongsElsewhere(test)));
  const unloaded = readFailedFiles(report).filter(({ assertionResults }) =>
    assertionResults.every(({ status }) => status !== 'failed'),
  );
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failed = tests.filter(({ status }) => status === 'failed').length;
  return { passed, failed: failed + unloaded.length, skipped: tests.length - passed - failed };
}

/** The failed tests by file, each with the start of its message and the project's own lines of the stack. */
function describeFailures(report) {
  if (readResults(report).length === 0) return ['it left no report of tests; its output is above'];
  return readFailedFiles(report).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const shown = failed.slice(0, maxFailuresPerFile);
    return [
      relative(process.cwd(), name),
      ...(failed.length === 0 ? [indent(message)] : []),
      ...shown.map(({ fullName, failureMessages }) => `  ${fullName}\n${indent(failureMessages.join('\n'))}`),
      ...(failed.length > shown.length ? [`  and ${failed.length - shown.length} more`] : []),
    ];
  });
}

/** The slowest tests of several reports. What runs before and after the tests of a file counts as one more. */
function findSlowestTests(reports) {
  const times = reports.flatMap(readResults).flatMap(({ name, startTime, endTime, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const tests = assertionResults.map(({ fullName, duration = 0 }) => ({
      title: `${file}: ${fullName}`,
      ms: duration,
    }));
    const around = endTime - startTime - tests.reduce((sum, { ms }) => sum + ms, 0);
    return [...tests, { title: `${file}: before and after its tests`, ms: around }];
  });
  return times.toSorted((a, b) => b.ms - a.ms).slice(0, slowestTestCount);
}

function indent(text) {
  const lines = text.split('\n').filter((line) => !/^\s+at .*(node_modules|<anonymous>|node:)/.test(line));
  return lines.join('\n').slice(0, maxMessageLength).replaceAll(/^/gm, '    ');
}
