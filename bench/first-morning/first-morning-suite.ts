import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionListSchema } from '@daytrade/contracts';
import { addDays, addSessions, lastClosedSession } from '@daytrade/market';
import { type Answers, jquantsStandIn, startReplayServer } from '@daytrade/market-data/testing';
import { Installation } from '../../tests/support/installation.ts';
import { type Finished, stopEverything, temporaryFolder } from '../../tests/support/running-process.ts';
import { compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

const apiKey = 'the-key-of-a-first-morning';
/** Seconds from the first command to predictions on the page. */
const mostSeconds = 300;
/** Requests of a minute on the Light plan: https://jpx-jquants.com/en/spec/rate-limits. */
const lightRequests = 60;
const nothing = { sense: 'at most', must: 0 } as const;

/** A person with a new machine and a key of the Light plan: setup, fetch, train, up, and the update of the next day. */
export async function measureFirstMorning({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const symbols = quick ? 12 : 500;
  const newest = lastClosedSession(Date.now());
  const from = quick ? addSessions(newest, -420) : addDays(newest, -5 * 365);
  progress(`made-up bars of ${symbols} symbols from ${from} on`);
  const answersUpTo = (to: string) => jquantsStandIn({ symbols, from, to, apiKey, files: { from, to } });
  const dayBefore = addSessions(newest, -1);
  const [yesterday, today] = [dayBefore, newest].map((to): Answers => answersUpTo(to));
  let answers: Answers = yesterday!;
  const traded = tradedOn(dayBefore, answers);
  const askedAt: number[] = [];
  const server = await startReplayServer((request) => {
    // The files themselves are not of the interface that the limit is of.
    if (!request.path.startsWith('/files/')) askedAt.push(performance.now());
    return answers(request);
  });
  try {
    const installation = newInstallation(server.url);
    const keyFile = join(temporaryFolder('first-morning-key'), 'key');
    writeFileSync(keyFile, apiKey, { mode: 0o600 });
    const steps: (readonly [string, number])[] = [];
    const step = async (name: string, ended: Promise<Finished>) => {
      const { exitCode, seconds, stderr } = await ended;
      if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode}: ${stderr}`);
      progress(`${name}: ${Math.round(seconds)} s`);
      steps.push([name, seconds]);
    };
    const daytrade = (...args: readonly string[]) => installation.start(args, { timeoutSeconds: 1800 }).finished;
    const answered = ['--provider', 'jquants', '--plan', 'light', '--key-file', keyFile, '--language', 'en', '--yes'];
    await step('daytrade setup', daytrade('setup', ...answered));
    await step('daytrade fetch', daytrade('fetch'));
    await step('daytrade train', daytrade('train'));
    const up = installation.start(['up'], { timeoutSeconds: 1800 });
    await up.until('stdout', /http:\/\/\S+/);
    const { predictions } = await installation.read(predictionListSchema, 'predict');
    steps.push(['daytrade up, predictions served', up.seconds]);
    up.pressCtrlC();
    await up.finished;

    answers = today!;
    const before = server.requests.length;
    await step('the update of the next day', daytrade('fetch'));
    const later = server.requests.slice(before).filter(isOfBars);
    const ofOtherDays = later.filter(({ query }) => query.date !== newest).length;
    const seconds = steps.slice(0, -1).reduce((sum, [, one]) => sum + one, 0);
    return {
      comparisons: [
        compare({
          name: 'From `setup` to predictions',
          unit: `of ${mostSeconds} s`,
          figure: (100 * seconds) / mostSeconds,
          kind: 'share',
          bar: { sense: 'at most', must: 100 },
          note: `${Math.round(seconds)} s; of ${symbols} symbols ${traded} traded, ${predictions.length} predicted`,
        }),
        compare({
          name: 'Symbols that were traded on the newest day without a prediction',
          unit: 'of them',
          figure: (100 * Math.abs(traded - predictions.length)) / traded,
          kind: 'share',
          bar: nothing,
        }),
        compare({
          name: 'Requests of a minute beyond those of the plan',
          unit: 'of them',
          figure: (100 * Math.max(0, mostInMinute(askedAt) - lightRequests)) / lightRequests,
          kind: 'share',
          bar: nothing,
          note: `${askedAt.length} requests in all, at most ${mostInMinute(askedAt)} in a minute`,
        }),
        compare({
          name: 'Requests for bars of the next day, beside the one for its day',
          unit: 'of them',
          // One for a day that was never asked for, too.
          figure: (100 * (ofOtherDays + (later.length > ofOtherDays ? 0 : 1))) / Math.max(1, later.length),
          kind: 'share',
          bar: nothing,
          note: `${later.length} requests for bars`,
        }),
      ],
      tables: [
        {
          title: 'What took how long',
          header: ['step', 'seconds'],
          rows: steps.map(([name, one]) => [name, one.toFixed(1)]),
        },
      ],
      notes: [
        'Real commands on a real clock against a server that answers as J-Quants does, with made-up prices of ' +
          `${symbols} symbols over the five years of the Light plan. The platform itself keeps to the plan's ` +
          'limit, which is not of the files. A symbol may be halted on a day; then it has no forecast of the next.',
      ],
      skipped: [],
    };
  } finally {
    await stopEverything();
    await server.close();
  }
}

function newInstallation(url: string): Installation {
  const home = temporaryFolder('first-morning');
  return new Installation('first-morning', {
    XDG_CONFIG_HOME: join(home, 'config'),
    DAYTRADE_SETTINGS_FILE: join(home, 'day-trade.toml'),
    DAYTRADE_JQUANTS_URL: url,
  });
}

const isOfBars = ({ path }: { readonly path: string }) => path.includes('/bars/daily');

/** How many symbols have a bar of a day. */
function tradedOn(date: string, answers: Answers): number {
  const headers = { 'x-api-key': apiKey };
  const { body } = answers({ path: '/equities/bars/daily', query: { date }, headers });
  return (JSON.parse(String(body)) as { readonly data: readonly unknown[] }).data.length;
}

/** The most of some instants, in milliseconds and in order, that lie within a minute. */
function mostInMinute(instants: readonly number[]): number {
  return Math.max(
    0,
    ...instants.map((at, index) => instants.slice(index).filter((other) => other < at + 60_000).length),
  );
}
