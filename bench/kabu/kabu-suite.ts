import { type SimulatedOutcome, simulateSession } from '@daytrade/kabu-station/testing';
import { seededRandom } from '@daytrade/series';
import { compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

const none = { sense: 'at most', must: 0 } as const;
const minute = 60_000;

const notes = [
  'Sessions against a simulator of the kabu STATION API, in one process, on a simulated clock: from before dawn to ' +
    'after the close, with orders, prices, limits, faults, crashes of the process and halts at random. Faults: ' +
    'accepted orders without an answer or with status 400, positions up to 30 s late, stuck orders, 429, queries ' +
    'without an answer, the stream of prices cut, the logout at dawn. What is counted is seen in the simulated ' +
    'exchange, not by the session. The broker itself was never asked.',
];

/** What faults of the broker's interface do to orders, limits and what is held. */
export async function simulateKabu({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const sessions = quick ? 100 : 10_000;
  const all: SimulatedOutcome[] = [];
  for (let seed = 0; seed < sessions; seed += 1) {
    if (seed % 500 === 0) progress(`${seed} of ${sessions} sessions`);
    const { book: _log, ...found } = await simulateSession(seededRandom(seed));
    all.push(found as SimulatedOutcome);
  }
  const sum = (of: (found: SimulatedOutcome) => number) => all.reduce((total, found) => total + of(found), 0);
  const count = (is: (found: SimulatedOutcome) => boolean) => sum((found) => (is(found) ? 1 : 0));
  const row = (name: string, figure: number, note: string) =>
    compare({ name, unit: `in ${sessions} sessions`, figure, kind: 'share', bar: none, note });
  const [sent, fills, crashes] = [sum((one) => one.sent), sum((one) => one.fills), sum((one) => one.crashes)];
  const losses = count(({ lossToHalt }) => lossToHalt !== undefined);
  const halts = count(({ flatAfterHalt }) => flatAfterHalt !== undefined);
  const flat = count(({ flatAfterHalt }) => flatAfterHalt === true);
  const why = (reason: SimulatedOutcome['whyNotFlat']) => count(({ whyNotFlat }) => whyNotFlat === reason);
  const others = `${why('no continuous trading')} without trading, ${why('a stuck order')} with a stuck order`;
  return {
    comparisons: [
      row(
        'Duplicate orders',
        sum(({ duplicates }) => duplicates),
        `${sent} orders, ${fills} fills, ${crashes} crashes`,
      ),
      row(
        'Breaches of a risk limit',
        sum(({ breaches }) => breaches.length),
        'as the exchange took the orders',
      ),
      row(
        'Loss beyond its limit, no halt within 60 s',
        count(({ lossToHalt = 0 }) => lossToHalt > minute),
        `${losses} sessions lost more than their limit`,
      ),
      row('Halted, held after 60 s while there was trading', why('other'), `${flat} of ${halts} halts flat; ${others}`),
      row(
        'Sessions that ended neither flat nor halted',
        count(({ end }) => end === 'neither'),
        `${count(({ end }) => end === 'flat')} flat, ${count(({ end }) => end === 'halted')} halted and held`,
      ),
    ],
    tables: [],
    notes,
    skipped: [],
  };
}
