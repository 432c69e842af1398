import { figuresOf } from '../../../tests/support/load/load-report.ts';
import { startLoad } from '../../../tests/support/load/start-load.ts';
import { type Bar, type Comparison, compare, type PlainTable } from '../../harness/result.ts';
import type { SuiteContext } from '../../harness/suite.ts';
import { runLoop } from './compare-peer.ts';
import { HealthWatch } from './health-watch.ts';
import type { LoopResult } from './loop-options.ts';
import type { MeasuredPlatform } from './measured-platform.ts';
import { reads } from './reads.ts';

/** As they were set before anything was measured. */
const stall: Bar = { sense: 'at most', must: 250 };
const growth: Bar = { sense: 'at most', must: 5 };

const rates = [100, 300, 1_000];
/** Below the limit of connections; 16 requests are answered at once, and 512 wait. */
const mostConnections = 900;
const header = ['read', 'requests/s', 'p50 ms', 'p99 ms', 'errors', 'longest /healthz ms', 'MiB'];

interface Findings {
  readonly table: PlainTable;
  readonly comparisons: readonly Comparison[];
}

/** Rising rates beside a training, then more than it can do, then what memory is after many requests. */
export async function loadTable(context: SuiteContext, platform: MeasuredPlatform): Promise<Findings> {
  const rows: string[][] = [];
  const stalls: number[] = [];
  const seconds = context.quick ? 2 : 10;
  for (const { name, service, path } of reads) {
    for (const requestsPerSecond of rates) {
      context.progress(`${name} at ${requestsPerSecond} requests/s beside a training`);
      await platform.keepTraining();
      const port = platform.ports[service];
      const { longest, result } = await watched(port, async () => {
        const url = `http://127.0.0.1:${port}${path}`;
        return figuresOf(await startLoad({ url, token: 'none', seconds, requestsPerSecond }).result);
      });
      stalls.push(longest);
      rows.push(row(name, String(requestsPerSecond), result.p50, result.p99, result.failed, longest, platform));
    }
  }
  const beyond = await beyondCapacity(context, platform, seconds);
  stalls.push(beyond.longest);
  rows.push(beyond.row);
  const comparisons = [longestStall(Math.max(...stalls)), await memoryGrowth(context, platform)];
  return { table: { title: 'Rising load beside a training', header, rows }, comparisons };
}

/**
 * More connections than requests that are answered or wait, each for bars that nothing keeps: what is too much is
 * refused at once.
 */
async function beyondCapacity(
  context: SuiteContext,
  platform: MeasuredPlatform,
  seconds: number,
): Promise<{ readonly longest: number; readonly row: string[] }> {
  context.progress('more than it can do');
  await platform.keepTraining();
  const { data: port } = platform.ports;
  const { path } = reads[1];
  const { longest, result } = await watched(port, () =>
    runLoop({ port, path, connections: mostConnections, seconds, newest: true, ownDates: true, refusedSeconds: 1 }),
  );
  const refused = result.failures['status 503'] ?? 0;
  const errors = Object.values(result.failures).reduce((sum, count) => sum + count, 0) - refused;
  const name = `bars read anew over ${mostConnections} connections: ${refused} answers of 503`;
  const rate = (result.requests / result.seconds).toFixed(0);
  return { longest, row: row(name, rate, result.p50, result.p99, errors, longest, platform) };
}

async function watched<Result>(
  port: number,
  action: () => Promise<Result>,
): Promise<{ longest: number; result: Result }> {
  const watch = new HealthWatch(port);
  const result = await action();
  return { longest: (await watch.stop()).longest, result };
}

function row(
  name: string,
  rate: string,
  p50: number,
  p99: number,
  errors: number,
  longest: number,
  { memory }: MeasuredPlatform,
): string[] {
  return [name, rate, p50.toFixed(1), p99.toFixed(1), String(errors), longest.toFixed(0), memory.toFixed(0)];
}

function longestStall(milliseconds: number): Comparison {
  return compare({
    name: 'longest answer of /healthz under any load',
    unit: 'ms',
    figure: milliseconds,
    kind: 'milliseconds',
    bar: stall,
  });
}

/** How much memory a hundred thousand reads cost that stays, once caches are warm and the trainings are over. */
async function memoryGrowth(context: SuiteContext, platform: MeasuredPlatform): Promise<Comparison> {
  context.progress('memory of 100,000 requests');
  await platform.trainingsEnd();
  const mostRequests = context.quick ? 1_000 : 100_000;
  const { ml: port } = platform.ports;
  const load = (requests: number): Promise<LoopResult> =>
    runLoop({ port, path: reads[0].path, connections: 16, seconds: 120, mostRequests: requests });
  await load(mostRequests / 5);
  const before = platform.memory;
  const { requests } = await load(mostRequests);
  const after = platform.memory;
  return compare({
    name: `memory after ${requests.toLocaleString('en')} requests`,
    unit: 'MiB',
    figure: (100 * (after - before)) / before,
    kind: 'percent',
    bar: growth,
    note: `${before.toFixed(0)} before, ${after.toFixed(0)} after`,
  });
}
