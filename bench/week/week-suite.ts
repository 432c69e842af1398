import { instantOf, parseTradeDate, type TradeDate } from '@daytrade/market';
import { openSimulatedPlatform } from '../../tests/support/simulated-platform.ts';
import { type Bar, compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { dueOnce, horizonsInTime, reportedCloses, type Tally } from './week-tallies.ts';

/** Five sessions, then the Sunday of retraining and retention. */
const sessions = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'].map((day) =>
  parseTradeDate(day),
);
const sunday = parseTradeDate('2026-11-22');

const all: Bar = { sense: 'at least', must: 100 };

const notes = [
  'One process with the real services, jobs and worker threads, on a clock that stands still while something runs: ' +
    'what is due begins at its time, so that in time means that nothing waited for another time. 12 symbols of the ' +
    'synthetic exchange with 5-minute bars, a model from before the week.',
  'In time: made before its grace is over, and from bars that were known by then.',
];

/** Goes through a week of all jobs on a clock that is moved. */
export async function simulateWeek({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const days = quick ? sessions.slice(0, 1) : sessions;
  const at = (day: TradeDate, time: string) => new Date(instantOf(day, time)).toISOString();
  const [begin, end] = [at(days[0]!, '08:25'), quick ? at(days[0]!, '18:00') : at(sunday, '12:00')];
  const platform = await openSimulatedPlatform(begin);
  try {
    progress('bars, indices and a model from before the week');
    await platform.run('data', '/v1/fetches', { provider: 'synthetic', symbols: 12, seed: 7, from: '2025-01-06' });
    await platform.run('scheduler', '/v1/jobs/market-preparation/runs', {});
    await platform.run('ml', '/v1/trainings', {});
    await platform.host.services.ml.inject({ method: 'POST', url: '/v1/predictions' });
    await platform.startScheduler();
    for (const day of days) {
      progress(day);
      await platform.moveTo(at(day, '18:00'));
    }
    await platform.moveTo(end);
    const { stores } = platform.host;
    const tallies: readonly Tally[] = [
      await dueOnce(stores, begin, end),
      await horizonsInTime(stores, days),
      await reportedCloses(stores, days),
    ];
    return {
      comparisons: tallies.map(({ name, unit, held, of, note }) =>
        compare({ name, unit, figure: (100 * held) / of, kind: 'share', bar: all, note }),
      ),
      tables: [],
      notes,
      skipped: [],
    };
  } finally {
    await platform.close();
  }
}
