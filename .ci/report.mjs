// Reads the JSON reports that the suites leave:
// `node .ci/report.mjs counts REPORT | files REPORT | failures REPORT | merge REPORT REPEATED | slowest REPORT...`
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

const testsShown = 5;
const slowestShown = 10;
const charactersShown = 2000;

const [verb, path, ...others] = process.argv.slice(2);
const verbs = { counts, files, failures, merge, slowest };
if (!Object.hasOwn(verbs, verb) || !path) {
  console.error(`usage: node .ci/report.mjs ${Object.keys(verbs).join(' | ')} REPORT...`);
  process.exit(2);
}
verbs[verb]();

/** The results of each test file; none where a suite ended before it had written its report. */
function resultsOf(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return [];
  }
}

function failedFiles() {
  return resultsOf(path).filter(({ status }) => status !== 'passed');
}

/**
 * Three numbers: passed, failed, skipped. A file that could not be loaded is one that failed. Long tests are counted by
 * the suite of these and not by that of the others, which runs none of them, and the other way round.
 */
function counts() {
  const suite = basename(path, '.json');
  const another = ({ tags = [] }) => ({ long: !tags.includes('long'), unit: tags.includes('long') })[suite];
  const tests = resultsOf(path)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((test) => !(test.status === 'skipped' && another(test)));
  const unloaded = failedFiles().filter(({ assertionResults }) =>
    assertionResults.every(({ status }) => status !== 'failed'),
  );
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failed = tests.filter(({ status }) => status === 'failed').length;
  console.log(passed, failed + unloaded.length, tests.length - passed - failed);
}

function files() {
  for (const { name } of failedFiles()) console.log(relative(process.cwd(), name));
}

/** The tests that failed, by file, with the start of each message and the lines of the stack that are ours. */
function failures() {
  if (resultsOf(path).length === 0) console.log('it ended before it had written a report');
  for (const { name, message, assertionResults } of failedFiles()) {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    console.log(relative(process.cwd(), name));
    if (failed.length === 0) console.log(indented(message));
    for (const { fullName, failureMessages } of failed.slice(0, testsShown)) {
      console.log(`  ${fullName}\n${indented(failureMessages.join('\n'))}`);
    }
    if (failed.length > testsShown) console.log(`  and ${failed.length - testsShown} more`);
  }
}

/** Puts what the repetition of some files found in the place of what was found first. */
function merge() {
  const repeated = resultsOf(others[0]);
  const names = new Set(repeated.map(({ name }) => name));
  const testResults = [...resultsOf(path).filter(({ name }) => !names.has(name)), ...repeated];
  writeFileSync(path, JSON.stringify({ testResults }));
}

/**
 * The tests of several reports that took longest, and what came before and after the tests of a file where that did.
 */
function slowest() {
  const times = [path, ...others].flatMap(resultsOf).flatMap(({ name, startTime, endTime, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const tests = assertionResults.map(({ fullName, duration = 0 }) => ({
      what: `${file}: ${fullName}`,
      ms: duration,
    }));
    const around = endTime - startTime - tests.reduce((sum, { ms }) => sum + ms, 0);
    return [...tests, { what: `${file}: before and after its tests`, ms: around }];
  });
  times.sort((a, b) => b.ms - a.ms);
  for (const { what, ms } of times.slice(0, slowestShown))
    console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${what}`);
}

function indented(text) {
  const ours = text.split('\n').filter((line) => !/^\s+at .*(node_modules|<anonymous>|node:)/.test(line));
  return ours.join('\n').slice(0, charactersShown).replaceAll(/^/gm, '    ');
}
